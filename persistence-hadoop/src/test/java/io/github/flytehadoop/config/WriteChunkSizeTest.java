/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("FAP-C1")
class WriteChunkSizeTest {
  @Test
  void defaultIsFlytekits() {
    assertThat(WriteChunkSize.fromEnvironment(Map.of())).isEqualTo(26214400);
  }

  @Test
  void isReadAtEachCall() {
    assertThat(WriteChunkSize.fromEnvironment(Map.of("_F_P_WRITE_CHUNK_SIZE", "5242880")))
        .isEqualTo(5242880);
    assertThat(WriteChunkSize.fromEnvironment(Map.of("_F_P_WRITE_CHUNK_SIZE", " 7 "))).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "0", "-1", "1.5", "25MB", "2147483648"})
  void anythingButAPositiveWholeNumberIsAnError(String text) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> WriteChunkSize.fromEnvironment(Map.of("_F_P_WRITE_CHUNK_SIZE", text)))
        .withMessageContaining("_F_P_WRITE_CHUNK_SIZE")
        .withMessageContaining("26214400");
  }
}
