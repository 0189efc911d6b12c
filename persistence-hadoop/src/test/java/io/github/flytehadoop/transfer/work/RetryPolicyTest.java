/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.TransferLimits;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often, how long and why a file is tried again. */
@Rule({"W-7", "OPT-RR"})
class RetryPolicyTest {
  private final TestClock clock = new TestClock();
  private final Cancellation cancellation = new Cancellation();
  private int tries;

  private RetryPolicy policy(int attempts, Duration budget) {
    TransferLimits limits = TransferLimits.defaults().withAttempts(attempts).withTimeBudget(budget);
    return new RetryPolicy(limits, cancellation, clock);
  }

  private static TransferException failure(FailureKind kind, Throwable cause) {
    return new TransferException(kind, "s3://b/k", "Cannot read s3://b/k.", cause);
  }

  private Void failing(FailureKind kind) throws TransferException {
    tries++;
    throw failure(kind, null);
  }

  @Test
  void attemptsAreBoundedAndTheLastFailureIsThrown() {
    assertThatThrownBy(
            () -> policy(4, Duration.ofHours(1)).run(number -> failing(FailureKind.NETWORK)))
        .isInstanceOf(TransferException.class);
    assertThat(tries).isEqualTo(4);
    assertThat(clock.sleeps()).hasSize(3);
  }

  @Test
  void successEndsIt() throws Exception {
    int result =
        policy(5, Duration.ofHours(1))
            .run(
                number -> {
                  if (number < 3) {
                    throw failure(FailureKind.THROTTLED, null);
                  }
                  return number;
                });
    assertThat(result).isEqualTo(3);
  }

  @Test
  @Rule("F59")
  void timeIsBoundedFromTheFirstFailure() {
    assertThatThrownBy(
            () ->
                policy(100, Duration.ofSeconds(30))
                    .run(
                        number -> {
                          clock.advance(Duration.ofSeconds(10));
                          return failing(FailureKind.TIMEOUT);
                        }))
        .isInstanceOf(TransferException.class);
    assertThat(tries).isBetween(3, 4);
    assertThat(clock.nanoTime()).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(50));
  }

  @Test
  void noBudgetMeansOneTry() {
    assertThatThrownBy(
            () ->
                policy(100, Duration.ZERO)
                    .run(
                        number -> {
                          clock.advance(Duration.ofMillis(1));
                          return failing(FailureKind.TIMEOUT);
                        }))
        .isInstanceOf(TransferException.class);
    assertThat(tries).isLessThanOrEqualTo(2);
  }

  @Test
  void waitsAreRandomUpToACapThatDoubles() {
    for (int run = 0; run < 50; run++) {
      assertThatThrownBy(
              () -> policy(12, Duration.ofDays(1)).run(number -> failing(FailureKind.NETWORK)))
          .isInstanceOf(TransferException.class);
    }
    assertThat(clock.sleeps()).allMatch(nanos -> nanos <= TimeUnit.SECONDS.toNanos(20));
    assertThat(clock.sleeps().stream().distinct().count()).isGreaterThan(500);
    for (int run = 0; run < 50; run++) {
      assertThat(clock.sleeps().get(run * 11))
          .isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
    }
    assertThat(clock.sleeps()).anyMatch(nanos -> nanos > TimeUnit.SECONDS.toNanos(10));
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void onlyWhatMayPassIsTriedAgain(FailureKind kind) {
    assertThatThrownBy(() -> policy(2, Duration.ofHours(1)).run(number -> failing(kind)))
        .isInstanceOf(TransferException.class);
    boolean again =
        switch (kind) {
          case THROTTLED, TIMEOUT, NETWORK, INTEGRITY -> true;
          case NOT_FOUND,
              ACCESS_DENIED,
              NO_CREDENTIALS,
              LOCAL_IO,
              SOURCE_CHANGED,
              CONFLICT,
              UNSUPPORTED,
              INTERRUPTED ->
              false;
        };
    assertThat(tries).isEqualTo(again ? 2 : 1);
  }

  @Test
  @Rule("F01")
  void whereNobodyAnswersTheConnectorHasTriedEnough() {
    assertThatThrownBy(
            () ->
                policy(3, Duration.ofHours(1))
                    .run(
                        number -> {
                          tries++;
                          throw failure(FailureKind.NETWORK, new ConnectException("refused"));
                        }))
        .isInstanceOf(TransferException.class);
    assertThat(tries).isEqualTo(1);
  }

  @Test
  void cancellingEndsIt() {
    assertThatThrownBy(
            () ->
                policy(3, Duration.ofHours(1))
                    .run(
                        number -> {
                          cancellation.cancel();
                          return failing(FailureKind.NETWORK);
                        }))
        .isInstanceOf(TransferException.class);
    assertThat(tries).isEqualTo(1);
  }

  @Test
  void anInterruptedWaitEndsItAndKeepsTheInterruption() {
    clock.interruptNextSleep();
    assertThatThrownBy(
            () -> policy(3, Duration.ofHours(1)).run(number -> failing(FailureKind.NETWORK)))
        .isInstanceOfSatisfying(
            TransferException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(tries).isEqualTo(1);
  }
}
