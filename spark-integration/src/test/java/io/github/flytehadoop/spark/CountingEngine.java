/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.cluster.BinPacking;
import io.github.flytehadoop.transfer.cluster.DistributedRun;
import io.github.flytehadoop.transfer.cluster.WorkOrder;
import io.github.flytehadoop.transfer.receipt.Receipts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** What {@link SparkEngine} does, and how many parts each executor says that it moved. */
final class CountingEngine implements TransferEngine {
  private final SparkSession spark;
  private final int workers;
  private final Map<String, Integer> parts = new TreeMap<>();

  CountingEngine(SparkSession spark, int workers) {
    this.spark = spark;
    this.workers = workers;
  }

  /** By executor. */
  Map<String, Integer> parts() {
    return parts;
  }

  @Override
  public Engine kind() {
    return Engine.SPARK;
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
    WorkOrder order = WorkOrder.of(plan, context);
    JavaSparkContext executors = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return DistributedRun.run(
        plan,
        context,
        workers,
        (sliced, arrivals) -> {
          Receipts receipts =
              new SparkJobs(
                      executors,
                      order,
                      sliced,
                      context.withReceipts(arrivals),
                      new TaskEvents(plan.jobId()))
                  .run(BinPacking.stream(sliced, context, workers).iterator());
          List<Receipt> all = new ArrayList<>(receipts);
          all.forEach(
              receipt -> parts.merge(receipt.worker(), receipt.parts().size(), Integer::sum));
          receipts.close();
          return all;
        });
  }
}
