/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.transfer.work.TransferWorker;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * Moves the files of a plan. The caller has planned, and will verify that every item came back
 * exactly once; an engine only runs {@link TransferWorker} somewhere.
 */
public interface TransferEngine {
  /** Which one this is. */
  Engine kind();

  /** Whether there is a cluster to run on, as far as can be told without asking it. */
  default boolean isAvailable() {
    return true;
  }

  /**
   * What an earlier run of this name, whose driver died, has left with the cluster: workers that
   * still run are awaited, and {@code context.receipts()} is told what they moved.
   *
   * @param roots source and target, as the plan of that run named them
   * @throws IOException when the cluster cannot be asked
   */
  default void recover(String jobId, List<String> roots, EngineContext context)
      throws IOException {}

  /**
   * Runs a plan to its end. A file that fails does not stop the others; its receipt says so.
   *
   * @return one receipt per item that was tried
   * @throws IOException when the run itself could not go on, such as on cancellation
   */
  Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException;
}
