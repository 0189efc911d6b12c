/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of docs/add-a-store.md are there, are all there is, and are at most five. */
class AddAStoreDocTest {
  private static final Pattern FILE = Pattern.compile("`(persistence-hadoop/src/test/[^`]+)`");

  @Test
  void namesTheWholeSample() throws IOException {
    String text = Files.readString(ProjectRoot.resolve("docs/add-a-store.md"));
    List<Path> named = new ArrayList<>();
    Matcher file = FILE.matcher(text);
    while (file.find()) {
      named.add(ProjectRoot.resolve(file.group(1)));
    }
    assertThat(named).hasSizeLessThanOrEqualTo(5).allSatisfy(it -> assertThat(it).exists());
    Path sample = named.get(0).getParent();
    try (var all = Files.list(sample)) {
      List<Path> others =
          all.filter(it -> !named.contains(it))
              .filter(it -> !it.endsWith(getClass().getSimpleName() + ".java"))
              .toList();
      assertThat(others).isEmpty();
    }
    Path services =
        named.stream().filter(it -> it.toString().contains("services")).findFirst().orElseThrow();
    assertThat(text).contains(Files.readString(services).strip());
  }
}
