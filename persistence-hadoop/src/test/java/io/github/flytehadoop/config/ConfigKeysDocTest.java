/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.hadoop.KnownHadoopKeys;
import io.github.flytehadoop.hadoop.overlay.OwnKey;
import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigKeysDocTest {
  @Test
  void theCommittedDocumentIsTheTable() throws IOException {
    Path document = ProjectRoot.resolve("docs/config-keys.md");
    String rendered = new ConfigKeysDoc(ConfigKeysDocTest::hadoopKeys, ownKeys()).render();
    if (Boolean.getBoolean("regenerate.docs")) {
      Files.createDirectories(document.getParent());
      Files.writeString(document, rendered);
    }
    assertThat(Files.readString(document))
        .as("docs/config-keys.md is not up to date: run this test with -Dregenerate.docs=true")
        .isEqualTo(rendered);
  }

  private static List<List<String>> ownKeys() {
    return Stream.of(OwnKey.values())
        .map(
            row ->
                List.of(
                    "`" + row.key() + "`",
                    row.choice(),
                    row.standard().isEmpty() ? "(not set)" : row.standard(),
                    row.purpose()))
        .toList();
  }

  private static List<String> hadoopKeys(ConfigKey key) {
    return KnownHadoopKeys.decidedBy(key.owner().getSimpleName() + "." + key.component());
  }

  @Test
  void hadoopKeysHaveAColumnWhenThereAreAny() {
    String rendered =
        new ConfigKeysDoc(
                key ->
                    key == ConfigKey.S3_ENDPOINT ? List.of("fs.s3a.endpoint", "other") : List.of(),
                List.of())
            .render();
    assertThat(rendered)
        .contains("| meaning | Hadoop |")
        .contains("| `fs.s3a.endpoint`<br>`other` |");
  }
}
