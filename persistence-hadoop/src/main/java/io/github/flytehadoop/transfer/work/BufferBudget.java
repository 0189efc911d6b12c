/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory for parts that wait to be sent, shared by all writers. A writer takes its whole share at
 * once. A budget of one call takes the same share from that of the provider (F99).
 */
final class BufferBudget {
  /** What a writer has taken. */
  record Share(int own, @Nullable Share above) {}

  private static final int UNIT_BYTES = 1 << 16;

  private final SharedPermits units;
  private final @Nullable BufferBudget above;

  BufferBudget(long bytes, LongSupplier moved, @Nullable BufferBudget above) {
    int all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT_BYTES));
    this.units = new SharedPermits(all, moved);
    this.above = above;
  }

  /** Waits for so many bytes, or for the whole budget when it is smaller. */
  Share acquire(long bytes) throws InterruptedException {
    long wanted = Math.min(Integer.MAX_VALUE, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    int own = wanted <= 0 ? 0 : units.acquire((int) wanted);
    boolean done = false;
    try {
      Share share = new Share(own, above == null ? null : above.acquire(bytes));
      done = true;
      return share;
    } finally {
      if (!done) {
        units.release(own);
      }
    }
  }

  void release(Share share) {
    if (above != null && share.above() != null) {
      above.release(share.above());
    }
    units.release(share.own());
  }
}
