/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Packs files into bins of equal cost: bytes, and what a file costs whatever its size. The largest
 * file goes first into the lightest bin, and the heaviest bin comes first, so that workers that
 * pull bins end at about the same time.
 */
public final class Bins {
  /** About what a request costs in the time of bytes. */
  static final long FILE_COST_BYTES = 2L << 20;

  private static final long LEAST_BIN_COST_BYTES = 64L << 20;

  private static final class Bin {
    private final List<TransferItem> items = new ArrayList<>();
    private long cost;

    void add(TransferItem item) {
      items.add(item);
      cost += costOf(item);
    }
  }

  private Bins() {}

  private static long costOf(TransferItem item) {
    return Math.max(0, item.lengthBytes()) + FILE_COST_BYTES;
  }

  /** How many bins keep so many workers busy: three for each, unless they would be tiny. */
  public static int count(List<TransferItem> items, int workers) {
    long cost = items.stream().mapToLong(Bins::costOf).sum();
    return (int) Math.max(1, Math.min(3L * workers, cost / LEAST_BIN_COST_BYTES));
  }

  /** Bins for the workers that were asked for, one for each, or for those that there are. */
  public static List<List<TransferItem>> pack(TransferPlan plan, EngineContext context, int there) {
    int most = context.tasks() > 0 ? context.tasks() : count(plan.items(), there);
    return pack(plan.items(), most);
  }

  /** At most so many bins, none of them empty. */
  public static List<List<TransferItem>> pack(List<TransferItem> items, int most) {
    PriorityQueue<Bin> bins = new PriorityQueue<>(Comparator.comparingLong(bin -> bin.cost));
    for (int i = 0; i < Math.min(most, items.size()); i++) {
      bins.add(new Bin());
    }
    items.stream()
        .sorted(Comparator.comparingLong(Bins::costOf).reversed())
        .forEach(
            item -> {
              Bin lightest = bins.remove();
              lightest.add(item);
              bins.add(lightest);
            });
    return bins.stream()
        .sorted(Comparator.comparingLong((Bin bin) -> bin.cost).reversed())
        .map(bin -> List.copyOf(bin.items))
        .toList();
  }
}
