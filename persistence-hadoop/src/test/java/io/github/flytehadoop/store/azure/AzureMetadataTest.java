/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureMetadataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "flyte-execution-project",
        "a_b",
        "a-_b",
        "a_-b",
        "a--41",
        "--",
        "-",
        "_",
        "__41",
        "1st",
        "a.b/c d",
        "\u00e9",
        "Key",
        "a__41b",
        "-5f",
        "a-5f"
      })
  void everyNameIsAnIdentifierAndComesBack(String name) {
    String encoded = AzureMetadata.encodeName(name);
    assertThat(encoded).matches("[A-Za-z_][A-Za-z0-9_]*");
    assertThat(AzureMetadata.decodeName(encoded)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p 1", " p ", "50 % \u00e9", "%41", "a\nb", "\ud83d\ude80", "%"})
  @Rule("B73")
  void everyValueIsAsciiAndComesBack(String value) {
    String encoded = AzureMetadata.encodeValue(value);
    assertThat(encoded).isEqualTo(encoded.strip()).matches("[ -~]*");
    assertThat(AzureMetadata.decodeValue(encoded)).isEqualTo(value);
  }

  @Test
  void theUsualNamesStayReadable() {
    Map<String, String> headers = new TreeMap<>();
    AzureMetadata.addTo(headers, Map.of("flyte-execution-name", "n 1"));
    assertThat(headers).containsExactly(Map.entry("x-ms-meta-flyte_execution_name", "n 1"));
    assertThat(AzureMetadata.of(Map.of("flyte_execution_name", "n 1", "hdi_isfolder", "true")))
        .containsExactly(Map.entry("flyte-execution-name", "n 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdi-isfolder", "HDI-isFolder", "hdi_isfolder"})
  void noMetadataOfAFileMakesADirectoryOfIt(String name) {
    Map<String, String> headers = new TreeMap<>();
    AzureMetadata.addTo(headers, Map.of(name, "true"));
    assertThat(headers.keySet()).noneMatch(AzureMetadata.FOLDER_HEADER::equalsIgnoreCase);
    assertThat(AzureMetadata.decodeName(AzureMetadata.encodeName(name))).isEqualTo(name);
  }
}
