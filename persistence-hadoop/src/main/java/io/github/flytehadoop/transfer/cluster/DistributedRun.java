/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.ReceiptListener;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferItems;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.receipt.Receipts;
import io.github.flytehadoop.transfer.work.BandwidthLimit;
import io.github.flytehadoop.transfer.work.TransferWorker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every distributed engine does besides running bins: files that would keep one worker busy
 * when the others have ended are split, their parts are checked when all attempts have ended, and
 * only then they are completed. Whatever ends the run ends the pending files with it.
 */
public final class DistributedRun {
  private static final Logger LOG = LoggerFactory.getLogger(DistributedRun.class);
  private static final int COMPLETED_AT_ONCE = 16;
  private static final int SLICES_PER_WORKER = 8;
  private static final int SHARES_PER_WORKER = 3;

  /** The engine proper: moves all items of a plan and returns when no attempt is left. */
  public interface Workers {
    /**
     * At least one receipt for each item that was tried.
     *
     * @param arrivals is told of every receipt as soon as the driver has it
     */
    Collection<Receipt> run(TransferPlan plan, ReceiptListener arrivals) throws IOException;
  }

  private final TransferPlan plan;
  private final EngineContext context;
  private final long workers;
  private final Map<Long, SplitFile> split = new LinkedHashMap<>();

  private DistributedRun(TransferPlan plan, EngineContext context, int workers) {
    this.plan = plan;
    this.context = context;
    this.workers = Math.max(1, context.tasks() > 0 ? context.tasks() : workers);
  }

  /**
   * Runs a plan.
   *
   * @param workers how many there are, unless the context says how many are wanted
   */
  public static Collection<Receipt> run(
      TransferPlan plan, EngineContext context, int workers, Workers engine) throws IOException {
    DistributedRun run = new DistributedRun(plan, context, workers);
    Receipts receipts = new Receipts();
    try {
      runAll(run, plan, engine, receipts);
      return receipts;
    } catch (IOException | RuntimeException failure) {
      receipts.close();
      throw failure;
    }
  }

  private static void runAll(
      DistributedRun run, TransferPlan plan, Workers engine, Receipts receipts) throws IOException {
    EngineContext context = run.context;
    List<TransferItem> lost = run.run(engine, receipts);
    if (!lost.isEmpty() && !context.cancellation().isCancelled()) {
      LOG.info("{}: {} files are started anew: their uploads were lost", plan.jobId(), lost.size());
      TransferItems items = TransferItems.of(lost).rootedAt(plan.items().roots());
      new DistributedRun(plan.of(items), context, (int) run.workers).run(engine, receipts);
    }
  }

  /** Adds the receipts of whole files; returns those that are worth another start. */
  private List<TransferItem> run(Workers engine, Receipts receipts) throws IOException {
    try {
      TransferPlan sliced = slice();
      Collection<Receipt> moved = engine.run(sliced, this::arrived);
      for (Receipt receipt : moved) {
        SplitFile file = split.get(receipt.id());
        if (file == null) {
          receipts.add(receipt);
        } else {
          file.take(receipt);
        }
      }
      if (moved instanceof Receipts ours) {
        ours.close();
      }
      complete(receipts);
    } finally {
      split.values().forEach(SplitFile::abort);
    }
    return split.values().stream().filter(SplitFile::isLost).map(SplitFile::item).toList();
  }

  /** A file that is split has arrived only when it is completed. */
  private void arrived(TransferItem item, Receipt receipt) {
    if (!split.containsKey(item.id())) {
      context.receipts().arrived(item, receipt);
    }
  }

  /** The plan in which slices stand for the files that are split. */
  private TransferPlan slice() throws IOException {
    TransferWorker driver = new TransferWorker(plan, context, new BandwidthLimit(0));
    long share = plan.bytes() / (workers * SHARES_PER_WORKER);
    long least = Math.max(2 * context.limits().partSizeBytes(), share);
    List<TransferItem> slices = new ArrayList<>();
    long sliceBytes = plan.bytes() / (workers * SLICES_PER_WORKER);
    for (TransferItem item : plan.items()) {
      if (item.lengthBytes() < least / 2) {
        break; // the order is that of classes, each from a length to its double
      }
      if (item.lengthBytes() >= least) {
        slices.addAll(split(item, driver, sliceBytes));
      }
    }
    if (split.isEmpty()) {
      return plan;
    }
    TransferItems items =
        new TransferItems(
            () -> new Joined(slices.iterator(), plan.items().iterator()),
            plan.items().size() - split.size() + slices.size(),
            plan.bytes(),
            plan.items().roots());
    return plan.in(items);
  }

  private List<TransferItem> split(TransferItem item, TransferWorker driver, long sliceBytes)
      throws IOException {
    ServerSideCopy.CopyMode way = driver.copyMode(item);
    if (way == ServerSideCopy.CopyMode.WHOLE) {
      return List.of();
    }
    Route route = way == ServerSideCopy.CopyMode.PARTS ? Route.STORE : Route.PARTS;
    if (route == Route.PARTS && !driver.readsRanges(item)) {
      return List.of();
    }
    MultipartWrite write = driver.start(item, route).orElse(null);
    if (write == null) {
      return List.of();
    }
    SplitFile file = new SplitFile(item, write, route);
    split.put(item.id(), file);
    return file.slices(sliceBytes);
  }

  /** Slices first, because they are of the largest files; then the others. */
  private final class Joined implements Iterator<TransferItem> {
    private final Iterator<TransferItem> slices;
    private final Iterator<TransferItem> all;
    private @Nullable TransferItem ahead;

    Joined(Iterator<TransferItem> slices, Iterator<TransferItem> all) {
      this.slices = slices;
      this.all = all;
    }

    @Override
    public boolean hasNext() {
      while (ahead == null && !slices.hasNext() && all.hasNext()) {
        TransferItem next = all.next();
        ahead = split.containsKey(next.id()) ? null : next;
      }
      return ahead != null || slices.hasNext();
    }

    @Override
    public TransferItem next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      TransferItem next = ahead;
      ahead = null;
      return next == null ? slices.next() : next;
    }
  }

  /** Many at once: a store takes seconds to join a file of thousands of parts. */
  private void complete(Receipts receipts) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(COMPLETED_AT_ONCE, split.size())),
            DaemonThreads.named("flyte-complete"));
    CountDownLatch left = new CountDownLatch(split.size());
    for (SplitFile file : split.values()) {
      threads.execute(
          () -> {
            try {
              Receipt receipt = file.complete(context);
              receipts.add(receipt);
              context.receipts().arrived(file.item(), receipt);
            } finally {
              left.countDown();
            }
          });
    }
    threads.shutdown();
    boolean interrupted = false;
    while (left.getCount() > 0) {
      try {
        left.await();
      } catch (InterruptedException impatient) {
        interrupted = true;
        context.cancellation().cancel();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
