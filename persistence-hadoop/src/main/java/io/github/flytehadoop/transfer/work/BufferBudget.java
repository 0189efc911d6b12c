/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import java.util.concurrent.Semaphore;

/**
 * Memory for parts that wait to be sent, shared by all writers. A writer takes its whole share at
 * once and before it holds anything else, so writers cannot wait for each other in a circle.
 */
final class BufferBudget {
  private static final int UNIT_BYTES = 1 << 16;

  private final Semaphore units;
  private final int all;

  BufferBudget(long bytes) {
    this.all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT_BYTES));
    this.units = new Semaphore(all, true);
  }

  /**
   * Waits for so many bytes, or for the whole budget when it is smaller; returns what was taken.
   */
  int acquire(long bytes) throws InterruptedException {
    int wanted = (int) Math.min(all, Math.max(1, (bytes + UNIT_BYTES - 1) / UNIT_BYTES));
    units.acquire(wanted);
    return wanted;
  }

  void release(int taken) {
    units.release(taken);
  }
}
