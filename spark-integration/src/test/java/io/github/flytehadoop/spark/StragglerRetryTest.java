/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Verification;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which bins are late, and whose word counts when two tasks had one. */
@Rule("F52")
class StragglerRetryTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final List<Receipt> MOVED =
      List.of(new Receipt(1, 10, Verification.LENGTH, 1, null, null));
  private static final List<Receipt> FAILED =
      List.of(
          new Receipt(
              1,
              0,
              Verification.LENGTH,
              5,
              new PathFailure("s3://bucket/a", FailureKind.NETWORK, "no answer"),
              null));

  private final BinDurations pace = new BinDurations();
  private final Bin bin = new Bin(List.of());

  @Test
  void nothingIsLateBeforeAnotherHasEnded() {
    assertThat(pace.isLate(100, 1_000 * SECOND)).isFalse();
  }

  @Test
  void lateIsWhatTakesMoreThanTwiceAsLongForItsCost() {
    pace.moved(100, 10 * SECOND);
    pace.moved(200, 20 * SECOND);
    pace.moved(100, 90 * SECOND);

    assertThat(pace.isLate(100, 20 * SECOND)).isFalse();
    assertThat(pace.isLate(100, 21 * SECOND)).isTrue();
    assertThat(pace.isLate(300, 60 * SECOND)).isFalse();
  }

  @Test
  void littleIsNeverLate() {
    pace.moved(100, SECOND / 10);

    assertThat(pace.isLate(100, 4 * SECOND)).isFalse();
    assertThat(pace.isLate(100, 6 * SECOND)).isTrue();
  }

  @Test
  void theFirstThatMovedItCountsAlone() {
    bin.begins();
    bin.begins();

    assertThat(bin.ends(MOVED)).isEqualTo(MOVED);
    assertThat(bin.isSettled()).isTrue();
    assertThat(bin.ends(MOVED)).isEmpty();
  }

  @Test
  void aFailureWaitsForTheOther() {
    bin.begins();
    bin.begins();

    assertThat(bin.ends(FAILED)).isEmpty();
    assertThat(bin.ends(MOVED)).isEqualTo(MOVED);
  }

  @Test
  void aFailureCountsWhenTheOtherVanishes() {
    bin.begins();
    bin.begins();

    assertThat(bin.ends(FAILED)).isEmpty();
    assertThat(bin.ends(List.of())).isEqualTo(FAILED);
    assertThat(bin.isSettled()).isTrue();
  }
}
