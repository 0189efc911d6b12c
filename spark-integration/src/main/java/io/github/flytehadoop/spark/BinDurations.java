/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How fast the bins of a run move, and whether one takes so long that its worker must be ill. */
final class BinDurations {
  /** So much slower than the others: less is chance. */
  private static final int TIMES_SLOWER = 2;

  /** What starts and connections take says nothing about the pace. */
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int REMEMBERED = 1_000;

  private final Deque<Double> nanosPerCost = new ArrayDeque<>();

  /** A bin of this cost was moved in so much time. */
  void moved(long cost, long nanos) {
    nanosPerCost.addLast((double) nanos / Math.max(1, cost));
    if (nanosPerCost.size() > REMEMBERED) {
      nanosPerCost.removeFirst();
    }
  }

  /**
   * Whether a bin of this cost, which has been on its way for so long, would be there elsewhere.
   */
  boolean isLate(long cost, long nanos) {
    if (nanosPerCost.isEmpty() || nanos < LEAST_NANOS) {
      return false;
    }
    double[] sorted = nanosPerCost.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return nanos > TIMES_SLOWER * sorted[sorted.length / 2] * cost;
  }
}
