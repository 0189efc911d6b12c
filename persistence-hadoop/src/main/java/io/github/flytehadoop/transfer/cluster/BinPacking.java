/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.TransferPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Packs files into bins of equal cost: bytes, and what a file costs whatever its size. The largest
 * file goes first into the lightest bin, and the heaviest bin comes first, so that workers that
 * pull bins end at about the same time.
 */
public final class BinPacking {
  /** About what a request costs in the time of bytes. */
  public static final long FILE_COST_BYTES = 2L << 20;

  private static final long LEAST_BIN_COST_BYTES = 64L << 20;

  /** Up to here the bins are balanced against each other. */
  private static final int BALANCED_AT_MOST = 50_000;

  /** So that one bin is small to send, and little to repeat. */
  private static final int MOST_FILES = 10_000;

  private static final class Bin {
    private final List<TransferItem> items = new ArrayList<>();
    private long cost;

    void add(TransferItem item) {
      items.add(item);
      cost += costOf(item);
    }
  }

  private BinPacking() {}

  private static long costOf(TransferItem item) {
    return item.movedBytes() + FILE_COST_BYTES;
  }

  /**
   * How many bins keep so many workers busy: three for each, or fewer where they would be tiny, but
   * as many for one as for another. A setting that says less than one worker means one.
   */
  public static int count(TransferItems items, int workers) {
    long each = Math.max(1, workers);
    long most = Math.max(1, Math.min(3 * each, cost(items) / LEAST_BIN_COST_BYTES));
    return (int) (most > each ? most - most % each : most);
  }

  /** What moving these files takes, in the time of so many bytes. */
  public static long cost(List<TransferItem> items) {
    return items.stream().mapToLong(BinPacking::costOf).sum();
  }

  private static long cost(TransferItems items) {
    return items.bytes() + items.size() * FILE_COST_BYTES;
  }

  /** Bins for the workers that were asked for, one for each, or for those that there are. */
  public static List<List<TransferItem>> pack(TransferPlan plan, EngineContext context, int there) {
    List<List<TransferItem>> bins = new ArrayList<>();
    stream(plan, context, there).forEach(bins::add);
    return bins;
  }

  /**
   * The same one after another, so that an engine holds no more of them than it works on. Each
   * iteration packs anew; the bins are the same.
   */
  public static Iterable<List<TransferItem>> stream(
      TransferPlan plan, EngineContext context, int there) {
    TransferItems items = plan.items();
    int most = context.tasks() > 0 ? context.tasks() : count(items, there);
    if (items.size() <= BALANCED_AT_MOST) {
      return pack(items.stream().toList(), most);
    }
    long full = Math.max(1, (cost(items) + most - 1) / most);
    return () -> new Filling(items.iterator(), full);
  }

  /** At most so many bins, none of them empty. */
  static List<List<TransferItem>> pack(List<TransferItem> items, int most) {
    PriorityQueue<Bin> bins = new PriorityQueue<>(Comparator.comparingLong(bin -> bin.cost));
    for (int i = 0; i < Math.min(most, items.size()); i++) {
      bins.add(new Bin());
    }
    items.stream()
        .sorted(Comparator.comparingLong(BinPacking::costOf).reversed())
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

  /** Too many files to compare bins: one is filled after the other, large files first. */
  private static final class Filling implements Iterator<List<TransferItem>> {
    private final Iterator<TransferItem> items;
    private final long full;

    Filling(Iterator<TransferItem> items, long full) {
      this.items = items;
      this.full = full;
    }

    @Override
    public boolean hasNext() {
      return items.hasNext();
    }

    @Override
    public List<TransferItem> next() {
      if (!items.hasNext()) {
        throw new NoSuchElementException();
      }
      Bin bin = new Bin();
      while (items.hasNext() && bin.cost < full && bin.items.size() < MOST_FILES) {
        bin.add(items.next());
      }
      return List.copyOf(bin.items);
    }
  }
}
