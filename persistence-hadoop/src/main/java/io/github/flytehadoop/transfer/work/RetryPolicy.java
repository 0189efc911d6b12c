/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.concurrent.MonotonicClock;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a retry is decided: a recoverable failure of one file, bounded in tries and
 * in time, after a wait with full jitter (fixes W-7). The connectors retry single requests below
 * this.
 */
public final class RetryPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final int MOST_DOUBLINGS = 10;

  /** One try. */
  public interface Attempt<T> {
    /** Tries once; the first attempt has the number 1. */
    T run(int number) throws IOException;
  }

  private final int attempts;
  private final Duration timeBudget;
  private final Cancellation cancellation;
  private final MonotonicClock clock;

  /** A policy by the system's clock. */
  public RetryPolicy(TransferLimits limits, Cancellation cancellation) {
    this(limits, cancellation, MonotonicClock.SYSTEM);
  }

  /** A policy by another clock. */
  public RetryPolicy(TransferLimits limits, Cancellation cancellation, MonotonicClock clock) {
    this.attempts = limits.attempts();
    this.timeBudget = limits.timeBudget();
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /** Tries until an attempt succeeds, fails for good, or the limits are reached. */
  public <T> T run(Attempt<T> attempt) throws IOException {
    return run(attempt, failure -> false);
  }

  /** The same, where the caller knows failures that another try of this cannot mend. */
  public <T> T run(Attempt<T> attempt, Predicate<TransferException> isFinal) throws IOException {
    long firstFailure = 0;
    for (int number = 1; ; number++) {
      try {
        return attempt.run(number);
      } catch (TransferException failure) {
        long now = clock.nanoTime();
        firstFailure = number == 1 ? now : firstFailure;
        long wait = waitNanos(number);
        boolean inTime = Duration.ofNanos(now - firstFailure + wait).compareTo(timeBudget) <= 0;
        if (number >= attempts
            || !inTime
            || !worthAnother(failure, number)
            || isFinal.test(failure)) {
          throw failure;
        }
        LOG.debug("Try {} of {} failed and is repeated", number, attempts, failure);
        pause(wait, failure);
      }
    }
  }

  /**
   * A changed source stays changed: the plan that pinned the old version has to be made anew. Where
   * nobody answers at all the connector has tried long enough (F01, F02).
   */
  private boolean worthAnother(TransferException failure, int number) {
    return (failure.recoverable() || mayAppear(failure, number))
        && failure.kind() != FailureKind.INTERRUPTED
        && failure.kind() != FailureKind.SOURCE_CHANGED
        && !nobodyAnswers(failure)
        && !cancellation.isCancelled();
  }

  /** What a listing has named and a weak store does not find yet gets a second look (F33). */
  private static boolean mayAppear(TransferException failure, int number) {
    return failure instanceof DataNotFoundException && number == 1;
  }

  private static boolean nobodyAnswers(TransferException failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof ConnectException || link instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  /** Anything between nothing and a cap that doubles, so that many do not come back at once. */
  private static long waitNanos(int number) {
    long cap = FIRST_WAIT.toNanos() << Math.min(number, MOST_DOUBLINGS);
    return ThreadLocalRandom.current().nextLong(Math.min(LONGEST_WAIT.toNanos(), cap) + 1);
  }

  private void pause(long nanos, TransferException failure) throws TransferException {
    try {
      clock.sleepNanos(nanos);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      cancellation.check(failure.location());
    }
  }
}
