/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Permits that all calls of a provider share. A caller waits while others move bytes. When nothing
 * moves although permits are out, their holders may wait for this very caller: a stream whose
 * source is another transfer of the same provider does. Such a caller gets in without a permit, so
 * that progress is always possible (F86).
 */
final class SharedPermits {
  private static final long LOOK_MILLIS = 500;
  private static final int STILL_LOOKS = 4;

  private final Semaphore permits;
  private final int all;
  private final LongSupplier moved;

  /**
   * Permits of one provider.
   *
   * @param all how many there are
   * @param moved a number that grows while bytes move
   */
  SharedPermits(int all, LongSupplier moved) {
    this.all = all;
    this.permits = new Semaphore(all, true);
    this.moved = moved;
  }

  /** Waits for so many permits, or for all when they are fewer; returns how many were taken. */
  int acquire(int wanted) throws InterruptedException {
    int possible = Math.min(wanted, all);
    long before = moved.getAsLong();
    int still = 0;
    while (!permits.tryAcquire(possible, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = moved.getAsLong();
      still = now == before ? still + 1 : 0;
      before = now;
      if (still >= STILL_LOOKS) {
        return 0;
      }
    }
    return possible;
  }

  void release(int taken) {
    permits.release(taken);
  }
}
