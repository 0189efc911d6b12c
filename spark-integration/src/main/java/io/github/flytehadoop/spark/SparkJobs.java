/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipts;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.WorkOrder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * The bins of a plan as jobs of Spark: one where the plan is small, else one after the other with
 * two at a time, so that the driver holds no more files than those and executors never wait.
 */
final class SparkJobs {
  private static final long POLL_MILLIS = 200;
  private static final int FILES_AT_ONCE = 100_000;
  private static final int JOBS_AT_ONCE = 2;

  private final JavaSparkContext executors;
  private final WorkOrder order;
  private final TransferPlan plan;
  private final EngineContext context;
  private final LongAccumulator moved;
  private final Deque<BinJob> running = new ArrayDeque<>();
  private long shown;

  SparkJobs(JavaSparkContext executors, WorkOrder order, TransferPlan plan, EngineContext context) {
    this.executors = executors;
    this.order = order;
    this.plan = plan;
    this.context = context;
    this.moved = executors.sc().longAccumulator();
  }

  Receipts run(Iterator<List<TransferItem>> bins) throws IOException {
    Receipts receipts = new Receipts();
    boolean done = false;
    try {
      while (bins.hasNext() || !running.isEmpty()) {
        if (bins.hasNext() && running.size() < JOBS_AT_ONCE) {
          running.add(BinJob.submit(executors, next(bins), new BinTask(order, moved)));
        } else {
          await(running.element(), receipts);
          running.remove();
        }
      }
      done = true;
      return receipts;
    } finally {
      if (!done) {
        running.forEach(BinJob::cancel);
        receipts.close();
      }
    }
  }

  private static List<List<TransferItem>> next(Iterator<List<TransferItem>> bins) {
    List<List<TransferItem>> some = new ArrayList<>();
    for (int files = 0; bins.hasNext() && files < FILES_AT_ONCE; ) {
      List<TransferItem> bin = bins.next();
      some.add(new ArrayList<>(bin));
      files += bin.size();
    }
    return some;
  }

  /** Receipts of every job are taken while one is awaited. */
  private void await(BinJob job, Receipts receipts) throws IOException {
    boolean over = false;
    while (!over) {
      try {
        over = job.await(POLL_MILLIS);
        for (BinJob each : running) {
          each.takeArrived(context.receipts(), receipts);
        }
        show();
        if (!over) {
          context.cancellation().check(plan.jobId());
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        context.cancellation().check(plan.jobId());
      }
    }
    Throwable failure = job.failure();
    if (failure != null) {
      throw new CopyException(
          FailureKind.NETWORK,
          plan.jobId(),
          "Cannot copy: the Spark job failed: "
              + reason(failure)
              + ". The executors' logs say why.",
          failure);
    }
  }

  /** An attempt that is repeated counts again, so this is no more than a display. */
  private void show() {
    long now = Math.min(plan.bytes(), moved.value());
    if (now > shown) {
      context.progress().advanced(now - shown);
      shown = now;
    }
  }

  private static String reason(Throwable failure) {
    String message = String.valueOf(failure);
    return message.lines().findFirst().orElse(message);
  }
}
