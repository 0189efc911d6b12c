/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.cluster.WorkOrder;
import io.github.flytehadoop.transfer.cluster.WorkerSession;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.LongAccumulator;

/** Moves the files of one bin on an executor. */
final class BinTask implements Function<List<TransferItem>, List<Receipt>> {
  private static final long serialVersionUID = 1L;

  private final WorkOrder order;
  private final LongAccumulator moved;

  BinTask(WorkOrder order, LongAccumulator moved) {
    this.order = order;
    this.moved = moved;
  }

  @Override
  public List<Receipt> call(List<TransferItem> bin) throws IOException {
    // with what the application has set as spark.hadoop.*
    Configuration base = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    try (WorkerSession session = new WorkerSession(order, base, worker())) {
      // Spark interrupts the thread of a task that it kills, which ends the run
      return session.run(bin, new Counting(), new Cancellation());
    }
  }

  private static String worker() {
    return "executor " + SparkEnv.get().executorId();
  }

  /** Spark sends what was added to the driver from time to time, for display. */
  private final class Counting implements ProgressListener {
    @Override
    public void advanced(long bytes) {
      synchronized (moved) {
        moved.add(bytes);
      }
    }
  }
}
