/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRangeCheckTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, bytes 0-9/100, 10, true",
    "bytes=0-9, bytes 0-9/*, 10, true",
    "bytes=0-9, bytes 0-4/5, 5, true",
    "bytes=5-, bytes 5-99/100, 95, true",
    "bytes=-5, bytes 95-99/100, 5, true",
    "bytes=0-9, , 10, true",
    "bytes=0-, , 100, true",
    "bytes=0-99, , 10, true",
    "bytes=0-9, , 100, false",
    "bytes=5-9, , 100, false",
    "bytes=5-9, bytes 6-10/100, 5, false",
    "bytes=5-9, bytes 5-8/100, 4, false",
    "bytes=5-9, bytes 5-10/100, 6, false",
    "bytes=5-9, bytes 5-9/100, 6, false",
    "bytes=5-9, items 5-9/100, 5, false",
  })
  @Rule("F07")
  void isAnswer(String range, String contentRange, Long length, boolean expected) {
    assertThat(ContentRangeCheck.isAnswer(range, contentRange, length)).isEqualTo(expected);
  }
}
