/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.store.Stores;

/**
 * What an engine works with.
 *
 * @param stores opens the stores of a plan's locations
 * @param limits what may be used at once
 * @param progress hears what happens; never null, never throws
 * @param cancellation tells when to stop
 * @param tasks workers of a distributed engine, or 0 for its own choice
 * @param receipts hears of every file at once, before the engine returns its receipt
 */
public record EngineContext(
    Stores stores,
    TransferLimits limits,
    ProgressListener progress,
    Cancellation cancellation,
    int tasks,
    ReceiptListener receipts) {
  /** Leaves the number of workers to the engine. */
  public EngineContext(
      Stores stores, TransferLimits limits, ProgressListener progress, Cancellation cancellation) {
    this(stores, limits, progress, cancellation, 0, ReceiptListener.NONE);
  }

  /** The same with a number of workers. */
  public EngineContext withTasks(int workers) {
    return new EngineContext(stores, limits, progress, cancellation, workers, receipts);
  }

  /** The same, and another who hears of every file. */
  public EngineContext withReceipts(ReceiptListener listener) {
    return new EngineContext(stores, limits, progress, cancellation, tasks, listener);
  }
}
