/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.concurrent.MonotonicClock;

/** Holds all streams of a provider to one bandwidth. */
public final class Throttle {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final MonotonicClock clock;
  private long freeAtNanos;

  /** A limit by the system's clock; 0 is none. */
  public Throttle(long bytesPerSecond) {
    this(bytesPerSecond, MonotonicClock.SYSTEM);
  }

  /** A limit by another clock. */
  public Throttle(long bytesPerSecond, MonotonicClock clock) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.freeAtNanos = clock.nanoTime();
  }

  /** Waits until so many bytes may pass. */
  public void take(int bytes) throws InterruptedException {
    if (bytesPerSecond > 0) {
      long wait = reserve(bytes);
      if (wait > 0) {
        clock.sleepNanos(wait);
      }
    }
  }

  private synchronized long reserve(int bytes) {
    long now = clock.nanoTime();
    long start = now - freeAtNanos > 0 ? now : freeAtNanos;
    freeAtNanos = start + (long) (NANOS_PER_SECOND * bytes / bytesPerSecond);
    return start - now;
  }
}
