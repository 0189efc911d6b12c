/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.cluster.WorkOrder;
import io.github.flytehadoop.transfer.receipt.Receipts;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bins of a plan as jobs of Spark: one where the plan is small, else one after the other with
 * two at a time, so that the driver holds no more files than those and executors never wait. When
 * no bin is left for an executor that is free, it gets those that are late on another.
 */
final class SparkJobs {
  private static final Logger LOG = LoggerFactory.getLogger(SparkJobs.class);
  private static final long POLL_MILLIS = 200;
  private static final int FILES_AT_ONCE = 100_000;
  private static final int JOBS_AT_ONCE = 2;

  /** Spark 3 has no name for it, and Spark 4 says the same with one. */
  private static final Pattern CANCELLED =
      Pattern.compile("(?:\\[SPARK_JOB_CANCELLED] )?Job \\d+ cancelled\\b");

  private final JavaSparkContext executors;
  private final WorkOrder order;
  private final TransferPlan plan;
  private final EngineContext context;
  private final LongAccumulator moved;
  private final Deque<BinJob> running = new ArrayDeque<>();
  private final Receipts receipts = new Receipts();
  private final StragglerRetry late;
  private long shown;

  /** Jobs of which {@code events} hears already. */
  SparkJobs(
      JavaSparkContext executors,
      WorkOrder order,
      TransferPlan plan,
      EngineContext context,
      TaskEvents events) {
    this.executors = executors;
    this.order = order;
    this.plan = plan;
    this.context = context;
    this.moved = executors.sc().longAccumulator();
    this.late = new StragglerRetry(events);
  }

  Receipts run(Iterator<List<TransferItem>> bins) throws IOException {
    boolean done = false;
    try {
      while (bins.hasNext() || !running.isEmpty()) {
        if (bins.hasNext() && running.size() < JOBS_AT_ONCE) {
          running.add(submit(next(bins)));
        } else {
          await(running.element(), !bins.hasNext());
          running.remove().cancel();
        }
      }
      done = true;
      return receipts;
    } finally {
      running.forEach(BinJob::cancel);
      late.cancel();
      if (!done) {
        receipts.close();
      }
    }
  }

  private BinJob submit(List<Bin> bins) {
    return BinJob.submit(executors, bins, new BinTask(order, moved));
  }

  private static List<Bin> next(Iterator<List<TransferItem>> bins) {
    List<Bin> some = new ArrayList<>();
    for (int files = 0; bins.hasNext() && files < FILES_AT_ONCE; ) {
      List<TransferItem> bin = bins.next();
      some.add(new Bin(bin));
      files += bin.size();
    }
    return some;
  }

  /** Receipts of every job are taken while one is awaited. */
  private void await(BinJob job, boolean last) throws IOException {
    while (!job.isSettled()) {
      try {
        job.await(POLL_MILLIS);
        take();
        show();
        if (!job.isSettled()) {
          requireSuccess(job);
          context.cancellation().check(plan.jobId());
          if (last) {
            again();
          }
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        context.cancellation().check(plan.jobId());
      }
    }
    late.forget(job);
  }

  private void take() {
    for (BinJob job : running) {
      job.takeArrived(this::ended);
    }
    late.take(this::ended);
  }

  private void ended(BinJob job, int index, Bin bin, List<Receipt> said) {
    List<Receipt> counting = bin.ends(said);
    if (!counting.isEmpty()) {
      late.settled(job, index, bin);
      count(bin, counting);
    }
  }

  private void count(Bin bin, List<Receipt> said) {
    Map<Long, TransferItem> items = new HashMap<>();
    for (TransferItem item : bin.items()) {
      items.put(item.id(), item);
    }
    for (Receipt receipt : said) {
      receipts.add(receipt);
      TransferItem item = items.get(receipt.id());
      if (item != null) {
        context.receipts().arrived(item, receipt);
      }
    }
  }

  /** Those that are late begin anew beside themselves, as long as an executor has nothing to do. */
  private void again() {
    List<Bin> bins = late.find(running, executors.defaultParallelism());
    if (!bins.isEmpty()) {
      LOG.info("{}: {} bins are late and begin anew on other executors", plan.jobId(), bins.size());
      late.again(submit(bins));
    }
  }

  private void requireSuccess(BinJob job) throws CopyException {
    Throwable failure = job.failure();
    if (isCancelled(failure)) {
      throw Problem.cannot("finish", plan.jobId())
          .because("its Spark job was cancelled")
          .remedy("Run it again.")
          .kind(FailureKind.INTERRUPTED)
          .causedBy(failure)
          .as(CopyException::new);
    }
    if (failure != null) {
      throw Problem.cannot("copy")
          .at(plan.jobId())
          .because("the Spark job failed: " + reason(failure))
          .remedy("The executors' logs say why.")
          .kind(FailureKind.NETWORK)
          .causedBy(failure)
          .as(CopyException::new);
    }
  }

  /** By whoever cancelled the job, its stages or its group, in the UI or from another thread. */
  private static boolean isCancelled(@Nullable Throwable failure) {
    return failure instanceof SparkException
        && CANCELLED.matcher(String.valueOf(failure.getMessage())).lookingAt();
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
