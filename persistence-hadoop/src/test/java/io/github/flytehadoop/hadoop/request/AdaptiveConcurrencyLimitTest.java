/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdaptiveConcurrencyLimitTest {
  private final AdaptiveConcurrencyLimit pace = new AdaptiveConcurrencyLimit();

  private List<AdaptiveConcurrencyLimit.Turn> crowd(int size) throws InterruptedException {
    List<AdaptiveConcurrencyLimit.Turn> turns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      turns.add(pace.begin());
    }
    return turns;
  }

  @Test
  void requestsDoNotWaitBeforeARefusal() throws Exception {
    crowd(5000);
    assertThat(pace.underWay()).isEqualTo(5000);
  }

  @Test
  @Rule({"F10", "F12"})
  void aCrowdThatIsTurnedAwayIsHalvedOnce() throws Exception {
    for (AdaptiveConcurrencyLimit.Turn turn : crowd(16)) {
      pace.refused(turn, Duration.ZERO);
      pace.end();
    }
    assertThat(pace.most()).isEqualTo(8);
    for (AdaptiveConcurrencyLimit.Turn turn : crowd(8)) {
      pace.refused(turn, Duration.ZERO);
      pace.end();
    }
    assertThat(pace.most()).isEqualTo(4);
    assertThat(pace.underWay()).isZero();
  }

  @Test
  @Rule("F10")
  void oneStaysHoweverOftenItIsRefused() throws Exception {
    for (int i = 0; i < 20; i++) {
      pace.refused(pace.begin(), Duration.ZERO);
      pace.end();
    }
    assertThat(pace.most()).isEqualTo(1);
  }

  @Test
  @Rule("F10")
  void successRaisesTheLimitUntilThereIsNone() throws Exception {
    pace.refused(pace.begin(), Duration.ZERO);
    pace.end();
    pace.went();
    assertThat(pace.most()).isEqualTo(2);
    pace.went();
    pace.went();
    assertThat(pace.most()).isBetween(2.8, 3.0);
    for (int i = 0; i < 40_000; i++) {
      pace.went();
    }
    crowd(5000);
    assertThat(pace.underWay()).isEqualTo(5000);
  }

  @Test
  @Rule("F10")
  void requestWithoutAPlaceWaits() throws Exception {
    for (AdaptiveConcurrencyLimit.Turn turn : crowd(2)) {
      pace.refused(turn, Duration.ZERO);
      pace.end();
    }
    pace.begin();
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(
            () -> {
              try {
                pace.begin();
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });
    Thread.sleep(50);
    assertThat(second).isNotDone();
    pace.end();
    second.get();
  }

  @Test
  @Rule({"F10", "F12"})
  void retryWaitsForTheGivenTime() throws Exception {
    long start = System.nanoTime();
    pace.refused(pace.begin(), Duration.ofMillis(300));
    pace.end();
    pace.begin();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }
}
