/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("W-1")
class AddressingStyleTest {
  @ParameterizedTest
  @CsvSource({"auto,AUTO", "path,PATH", "Path,PATH", "VIRTUAL,VIRTUAL", "' virtual ',VIRTUAL"})
  void eachNameIsItsOwnStyle(String name, AddressingStyle style) {
    assertThat(AddressingStyle.of(name)).isEqualTo(style);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "paths", "virtual_hosted", "true"})
  void anotherNameIsRefusedWithTheValidOnes(String name) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> AddressingStyle.of(name))
        .withMessageContaining("auto, path, virtual");
  }

  @Test
  @Rule("B84")
  void aTurkishMachineReadsTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThat(AddressingStyle.of("VIRTUAL")).isEqualTo(AddressingStyle.VIRTUAL);
      assertThat(AddressingStyle.VIRTUAL).hasToString("virtual");
    } finally {
      Locale.setDefault(before);
    }
  }
}
