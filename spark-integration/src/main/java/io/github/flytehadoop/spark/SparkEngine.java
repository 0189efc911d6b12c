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
import io.github.flytehadoop.transfer.resume.LeftoverCleanup;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Copies with the executors of a Spark session. Files are packed into bins of equal cost, executors
 * pull bins, and each runs the same worker as this JVM would; a task that is tried again, or twice
 * at once, gives the same result.
 *
 * <p>The stores' secrets travel in the closure, which neither the UI nor the event log shows. Local
 * paths are refused: executors run elsewhere.
 */
public final class SparkEngine implements TransferEngine {
  private final @Nullable SparkSession session;

  /** An engine on the session that is active when it runs. */
  public SparkEngine() {
    this.session = null;
  }

  /** An engine on a session. */
  public SparkEngine(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
  }

  @Override
  public Engine kind() {
    return Engine.SPARK;
  }

  /** Not without a session, and not where executors are threads of this JVM. */
  @Override
  public boolean isAvailable() {
    if (session == null && SparkSession.getActiveSession().isEmpty()) {
      return false;
    }
    SparkSession spark = session == null ? SparkSession.active() : session;
    return !spark.sparkContext().isLocal();
  }

  @Override
  public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
    if (plan.items().isEmpty()) {
      return List.of();
    }
    long begunNanos = System.nanoTime();
    WorkOrder order = WorkOrder.of(plan, context);
    SparkSession spark = session == null ? SparkSession.active() : session;
    JavaSparkContext executors = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JobGroup callers = JobGroup.of(executors);
    executors.setJobGroup(plan.jobId(), "flyte copy of " + plan.items().size() + " files", true);
    TaskEvents events = new TaskEvents(plan.jobId());
    executors.sc().addSparkListener(events);
    try {
      return run(plan, context, order, executors, events);
    } finally {
      executors.sc().removeSparkListener(events);
      if (events.someWereLost()) {
        // only now, for a file that is split is finished last
        LeftoverCleanup.ofLostAttempts(plan, context, begunNanos);
      }
      callers.restore(executors);
    }
  }

  private static Collection<Receipt> run(
      TransferPlan plan,
      EngineContext context,
      WorkOrder order,
      JavaSparkContext executors,
      TaskEvents events)
      throws IOException {
    int workers = executors.defaultParallelism();
    return DistributedRun.run(
        plan,
        context,
        workers,
        (sliced, arrivals) -> {
          boolean done = false;
          try {
            Receipts receipts =
                new SparkJobs(executors, order, sliced, context.withReceipts(arrivals), events)
                    .run(BinPacking.stream(sliced, context, workers).iterator());
            done = true;
            return receipts;
          } finally {
            if (!done) {
              events.await();
            }
          }
        });
  }

  /** What the caller's thread calls its own jobs. */
  private record JobGroup(Map<String, @Nullable String> properties) {
    private static final List<String> KEYS =
        List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

    static JobGroup of(JavaSparkContext context) {
      Map<String, @Nullable String> properties = new HashMap<>();
      KEYS.forEach(key -> properties.put(key, context.getLocalProperty(key)));
      return new JobGroup(properties);
    }

    void restore(JavaSparkContext context) {
      properties.forEach(context::setLocalProperty);
    }
  }
}
