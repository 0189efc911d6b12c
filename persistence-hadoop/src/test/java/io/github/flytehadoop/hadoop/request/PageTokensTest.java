/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that lead on, and tokens that lead back. */
class PageTokensTest {
  private final PageTokens pages = new PageTokens();

  @Test
  void aListingThatLeadsOnEndsWithItsLastPage() {
    assertThat(pages.token()).isNull();
    for (int page = 0; page < 10_000; page++) {
      assertThat(pages.turn("token " + page)).isTrue();
      assertThat(pages.token()).isEqualTo("token " + page);
    }
    assertThat(pages.turn("")).isFalse();
    assertThat(pages.token()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2", "5, 1, 9", "0, 2, 6", "3, 7, 24", "100, 50, 260"})
  @Rule("F28")
  void aCircleIsFoundWhateverItsLength(int before, int circle, int most) {
    assertThatThrownBy(
            () -> {
              for (int turn = 0; turn < most; turn++) {
                int page = turn < before ? turn : before + (turn - before) % circle;
                pages.turn("token " + page);
              }
            })
        .isInstanceOf(UnusableListingException.class)
        .hasMessageContaining("the same page again and again");
  }

  @Test
  @Rule("F28")
  void whoeverSaysThatThereIsMoreSaysWhere() {
    assertThat(pages.turn(true, "a")).isTrue();
    assertThatThrownBy(() -> pages.turn(true, "")).hasMessageContaining("does not say where");
    assertThat(pages.turn(false, "b")).isFalse();
    assertThat(pages.turn(null, null)).isFalse();
  }
}
