/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The one place where a retry is decided: a recoverable failure of one file, bounded in tries and
 * in time, after a wait with full jitter (fixes W-7). The connectors retry single requests below
 * this.
 */
final class RetryPolicy {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  /** One try. */
  interface Attempt<T> {
    T run(int number) throws IOException;
  }

  private final int attempts;
  private final Duration timeBudget;
  private final Cancellation cancellation;

  RetryPolicy(TransferLimits limits, Cancellation cancellation) {
    this.attempts = limits.attempts();
    this.timeBudget = limits.timeBudget();
    this.cancellation = cancellation;
  }

  <T> T run(Attempt<T> attempt) throws IOException {
    long deadline = 0;
    for (int number = 1; ; number++) {
      try {
        return attempt.run(number);
      } catch (TransferException failure) {
        deadline = number == 1 ? System.nanoTime() + timeBudget.toNanos() : deadline;
        if (number == attempts || !worthAnother(failure.kind()) || System.nanoTime() > deadline) {
          throw failure;
        }
        pause(number, failure);
      }
    }
  }

  /** A changed source stays changed: the plan that pinned the old version has to be made anew. */
  private boolean worthAnother(FailureKind kind) {
    return kind.recoverable()
        && kind != FailureKind.INTERRUPTED
        && kind != FailureKind.SOURCE_CHANGED
        && !cancellation.isCancelled();
  }

  private static void pause(int number, TransferException failure) throws TransferException {
    long cap = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(number, 20));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(cap + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
