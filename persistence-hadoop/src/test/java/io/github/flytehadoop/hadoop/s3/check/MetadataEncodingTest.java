/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataEncodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "50 % of it",
        "caf\u00e9",
        "\u4e2d\ud83d\ude00",
        "two\nlines",
        "=?UTF-8?B?w6k=?=",
        "=?UTF-8?B?!?=",
        "=?utf-8?Q?x?="
      })
  @Rule("B73")
  void encodedValueFitsIntoAHeaderAndComesBack(String value) {
    String header = MetadataEncoding.encode(value);
    assertThat(header).matches("[ -~]*");
    assertThat(MetadataEncoding.decode(header)).isEqualTo(value);
  }

  @Test
  @Rule("B73")
  void plainValuesStayAsTheyAre() {
    assertThat(MetadataEncoding.encode("a.b-c_d 50 %")).isEqualTo("a.b-c_d 50 %");
    assertThat(MetadataEncoding.decode("=?UTF-8?B?====?=")).isEqualTo("=?UTF-8?B?====?=");
  }
}
