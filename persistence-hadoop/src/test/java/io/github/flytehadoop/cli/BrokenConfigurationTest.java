/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration that cannot be read ends a run before it goes to another store. */
@Rule("B91")
class BrokenConfigurationTest {
  private static final String YAML = "storage:\n  connection: [x\n";
  private static final String INI = "[aws]\nendpoint\n";

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"--config,yaml", "--config,ini", "FLYTECTL_CONFIG,yaml", "FLYTECTL_CONFIG,ini"})
  void aNamedFile(String by, String form) throws IOException {
    boolean yaml = form.equals("yaml");
    Path file = Files.writeString(temp.resolve("c." + form), yaml ? YAML : INI);
    Outcome outcome =
        by.equals("--config")
            ? Outcome.of("ls", "--config", file.toString(), "s3://bucket/")
            : Outcome.of(Map.of("HOME", "/nonexistent", by, file.toString()), "ls", "s3://bucket/");
    requireRefusal(outcome, file + (yaml ? " line 3 column 1" : " line 2 column 1"));
  }

  @ParameterizedTest
  @CsvSource({"config,ini", "config.yaml,yaml"})
  void aFileInItsUsualPlace(String name, String form) throws IOException {
    Path file = Files.createDirectories(temp.resolve(".flyte")).resolve(name);
    Files.writeString(file, form.equals("yaml") ? YAML : INI);
    requireRefusal(Outcome.of(Map.of("HOME", temp.toString()), "ls", "s3://b/"), file + " line ");
  }

  @ParameterizedTest
  @CsvSource({"c.yaml", "c.ini"})
  void aFileThatIsNotThere(String name) {
    Path file = temp.resolve(name);
    requireRefusal(
        Outcome.of("ls", "--config", file.toString(), "s3://bucket/"), "there is no such file");
  }

  @Test
  void aFileOfHadoop() throws IOException {
    Path file =
        Files.writeString(temp.resolve("core-site.xml"), "<configuration>\n<property>\n</conf>");
    Map<String, String> environment =
        Map.of("HOME", "/nonexistent", "HADOOP_CONF_DIR", temp.toString());
    requireRefusal(
        Outcome.of(environment, "ls", "s3://bucket/"), file + " (HADOOP_CONF_DIR): in line 3");
  }

  private static void requireRefusal(Outcome outcome, String why) {
    assertThat(outcome.err()).startsWith("flyte-data: Cannot use ").contains(why);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(2);
  }
}
