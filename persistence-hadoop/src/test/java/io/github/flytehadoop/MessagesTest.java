/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A failure is worded in one place: whoever words it by hand prints what that place masks. */
class MessagesTest {
  private static final String BUILDER = "error/Problem.java";

  private static List<String> sourcesWith(String text) throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : List.of("persistence-hadoop", "spark-integration")) {
      Path root = ProjectRoot.resolve(module + "/src/main/java/io/github/flytehadoop");
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          if (Files.readString(file).contains(text)) {
            found.add(root.relativize(file).toString().replace('\\', '/'));
          }
        }
      }
    }
    return found;
  }

  @Test
  void oneClassBeginsTheMessageOfAFailure() throws IOException {
    assertThat(sourcesWith("\"Cannot ")).containsExactly(BUILDER);
  }
}
