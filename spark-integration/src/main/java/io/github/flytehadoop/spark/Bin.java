/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.cluster.BinPacking;
import java.util.ArrayList;
import java.util.List;

/** Files that one task moves, and what tasks have said of them: the first that moved all counts. */
final class Bin {
  private final List<TransferItem> items;
  private final long cost;
  private int attempts;
  private int running;
  private boolean settled;
  private List<Receipt> latest = List.of();

  Bin(List<TransferItem> items) {
    this.items = new ArrayList<>(items);
    this.cost = BinPacking.cost(items);
  }

  /** What Spark sends to an executor: serializable. */
  List<TransferItem> items() {
    return items;
  }

  long cost() {
    return cost;
  }

  /** How many tasks were given it. */
  int attempts() {
    return attempts;
  }

  boolean isSettled() {
    return settled;
  }

  void begins() {
    attempts++;
    running++;
  }

  /**
   * A task has ended.
   *
   * @param said its receipts; empty when it ended without a word
   * @return the receipts that count, once for a bin; empty as long as another task may do better
   */
  List<Receipt> ends(List<Receipt> said) {
    running--;
    if (settled) {
      return List.of();
    }
    boolean moved = !said.isEmpty() && said.stream().allMatch(Receipt::succeeded);
    latest = said.isEmpty() ? latest : said;
    settled = moved || (running == 0 && !latest.isEmpty());
    return settled ? latest : List.of();
  }
}
