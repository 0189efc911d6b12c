/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.overlay;

import io.github.flytehadoop.config.S3Config;
import java.time.Duration;

/**
 * How often and how fast the store clients try again. Flyte has one pair of numbers for every
 * store. Source: W-2.
 *
 * @param retries how often after the first try, 0 for never
 * @param backoff the longest wait
 * @param choice whether someone asked for these numbers or they are the defaults
 */
public record RetryPlan(int retries, Duration backoff, Choice choice) {
  // the SDK's own retries multiply with those of S3A: (2 + 1) * (retries + 1) tries at most
  private static final int SDK_RETRIES = 2;
  // Hadoop's exponential policy refuses more
  private static final int HADOOP_LIMIT = 62;

  /** Whether the numbers say something. */
  public enum Choice {
    /** The defaults: the user's own Hadoop settings win. */
    DEFAULT,
    /** Someone asked for them. */
    EXPLICIT
  }

  /** The plan of a configuration. */
  public static RetryPlan of(S3Config config) {
    S3Config defaults = S3Config.defaults();
    boolean same =
        config.retries() == defaults.retries() && config.backoff().equals(defaults.backoff());
    return new RetryPlan(
        config.retries(), config.backoff(), same ? Choice.DEFAULT : Choice.EXPLICIT);
  }

  /** Retries inside one call of the AWS SDK. */
  public int sdkRetries() {
    return Math.min(SDK_RETRIES, retries);
  }

  /** Retries of a client that retries in one place. */
  public int limit() {
    return Math.min(retries, HADOOP_LIMIT);
  }

  /** The first wait of a series that doubles until it reaches the backoff. */
  public long firstWaitMillis() {
    long longest = longestWaitMillis();
    int doublings = Math.max(0, limit() - 1);
    return longest == 0 ? 0 : Math.max(1, longest >> doublings);
  }

  /** The last wait of that series. */
  public long longestWaitMillis() {
    return Math.min(Integer.MAX_VALUE, backoff.toMillis());
  }

  /** Sets a key when someone asked for these numbers, suggests it otherwise. */
  public void write(Overlay overlay, HadoopKey key, long value, String unit) {
    if (choice == Choice.EXPLICIT) {
      overlay.set(key, value + unit);
    } else {
      overlay.suggest(key, value + unit);
    }
  }
}
