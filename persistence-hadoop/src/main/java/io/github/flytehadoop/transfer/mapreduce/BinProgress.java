/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.cluster.BinPacking;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The files of one bin, and how much of their cost is behind. */
final class BinProgress implements ProgressListener {
  private final List<TransferItem> items;
  private final long cost;
  private final AtomicLong moved = new AtomicLong();

  BinProgress(List<TransferItem> items) {
    this.items = items;
    this.cost = BinPacking.cost(items);
  }

  List<TransferItem> items() {
    return items;
  }

  @Override
  public void advanced(long bytes) {
    moved.addAndGet(bytes);
  }

  @Override
  public void finished(String path, long bytes) {
    moved.addAndGet(BinPacking.FILE_COST_BYTES);
  }

  /** From 0 to 1; bytes that are sent again count again. */
  float progress() {
    return (float) Math.min(1, (double) moved.get() / Math.max(1, cost));
  }
}
