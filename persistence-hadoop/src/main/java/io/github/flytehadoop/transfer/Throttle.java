/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.util.concurrent.TimeUnit;

/** Holds all streams of a provider to one bandwidth, by the monotonic clock. */
final class Throttle {
  private final long bytesPerSecond;
  private long freeAtNanos = System.nanoTime();

  Throttle(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Waits until so many bytes may pass. */
  void take(int bytes) throws InterruptedException {
    if (bytesPerSecond > 0) {
      TimeUnit.NANOSECONDS.sleep(reserve(bytes));
    }
  }

  private synchronized long reserve(int bytes) {
    long now = System.nanoTime();
    long start = Math.max(now, freeAtNanos);
    freeAtNanos = start + (long) (1e9 * bytes / bytesPerSecond);
    return start - now;
  }
}
