/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.concurrent.MonotonicClock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Holds all streams of a provider to one bandwidth. */
public final class BandwidthLimit {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final @Nullable BandwidthLimit above;
  private final AtomicLong passed = new AtomicLong();
  private final MonotonicClock clock;
  private long freeAtNanos;

  /** A limit by the system's clock; 0 is none. */
  public BandwidthLimit(long bytesPerSecond) {
    this(bytesPerSecond, MonotonicClock.SYSTEM, null);
  }

  /** A limit by another clock. */
  public BandwidthLimit(long bytesPerSecond, MonotonicClock clock) {
    this(bytesPerSecond, clock, null);
  }

  /** A limit within another one. */
  BandwidthLimit(long bytesPerSecond, BandwidthLimit above) {
    this(bytesPerSecond, MonotonicClock.SYSTEM, above);
  }

  private BandwidthLimit(
      long bytesPerSecond, MonotonicClock clock, @Nullable BandwidthLimit above) {
    this.bytesPerSecond = bytesPerSecond;
    this.above = above;
    this.clock = clock;
    this.freeAtNanos = clock.nanoTime();
  }

  /** Waits until so many bytes may pass. */
  public void take(int bytes) throws InterruptedException {
    passed.addAndGet(bytes);
    if (above != null) {
      above.take(bytes);
    }
    if (bytesPerSecond > 0) {
      long wait = reserve(bytes);
      if (wait > 0) {
        clock.sleepNanos(wait);
      }
    }
  }

  /** All bytes that have been let through. */
  long passedBytes() {
    return passed.get();
  }

  private synchronized long reserve(int bytes) {
    long now = clock.nanoTime();
    long start = now - freeAtNanos > 0 ? now : freeAtNanos;
    freeAtNanos = start + (long) (NANOS_PER_SECOND * bytes / bytesPerSecond);
    return start - now;
  }
}
