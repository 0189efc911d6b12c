/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.OpenedStores;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.Verification;
import io.github.flytehadoop.transfer.plan.ContentComparison;
import io.github.flytehadoop.transfer.receipt.Receipts;
import io.github.flytehadoop.transfer.work.LocalEngine;
import io.github.flytehadoop.transfer.work.TransferWorker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of a distributed job: it opens the stores that its order names and runs the local engine
 * on the files it is given, so a file is moved, compared and published as everywhere else. It may
 * be asked for a file again, by a second attempt or a speculative one: the result is the same.
 */
public final class WorkerSession implements AutoCloseable {
  /** Before Hadoop closes its file systems, which cleaning up needs. */
  private static final int SHUTDOWN_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

  private final WorkOrder order;
  private final OpenedStores stores;
  private final LocalEngine engine;
  private final String worker;

  /** A worker that is told to end, by a signal or by its master, takes back what is half done. */
  private final Runnable whenJvmEnds;

  /**
   * Opens nothing before the first file.
   *
   * @param worker how the engine calls whoever does the work
   */
  public WorkerSession(WorkOrder order, Configuration base, String worker) {
    this.order = order;
    this.worker = worker;
    this.stores = order.stores().open(base);
    this.engine = new LocalEngine(order.limits());
    this.whenJvmEnds = engine::close;
    ShutdownHookManager.get().addShutdownHook(whenJvmEnds, SHUTDOWN_PRIORITY);
  }

  /** One receipt a file, fit to travel back. */
  public List<Receipt> run(
      List<TransferItem> items, ProgressListener progress, Cancellation cancellation)
      throws IOException {
    EngineContext context = new EngineContext(stores, order.limits(), progress, cancellation);
    List<Receipt> receipts = new ArrayList<>();
    Collection<Receipt> moved = engine.run(order.planFor(items), context);
    for (Receipt receipt : moved) {
      receipts.add(acknowledged(receipt, items, context).withoutCause().by(worker));
    }
    if (moved instanceof Receipts ours) {
      ours.close();
    }
    return receipts;
  }

  /**
   * A file that another attempt has published is there: that is no conflict. A store that keeps the
   * mark of a writer has told already; of any other only the bytes can tell.
   */
  private Receipt acknowledged(Receipt receipt, List<TransferItem> items, EngineContext context)
      throws IOException {
    if (receipt.failure() == null || receipt.failure().kind() != FailureKind.CONFLICT) {
      return receipt;
    }
    for (TransferItem item : items) {
      if (item.id() == receipt.id() && item.slice() == null && isThere(item, context)) {
        return new Receipt(
            item.id(), item.lengthBytes(), Verification.CHECKSUM, receipt.attempts(), null, null);
      }
    }
    return receipt;
  }

  private boolean isThere(TransferItem item, EngineContext context) throws IOException {
    Location target = item.targetLocation();
    try {
      return new ContentComparison(context)
          .areEqual(
              new ContentComparison.Side(item.sourceLocation(), TransferWorker.pinned(item)),
              new ContentComparison.Side(target, stores.of(target).stat(target)));
    } catch (IOException unknown) {
      LOG.debug("{} is taken as another's", target, unknown);
      return false;
    }
  }

  @Override
  public void close() {
    ShutdownHookManager ending = ShutdownHookManager.get();
    if (!ending.isShutdownInProgress()) {
      ending.removeShutdownHook(whenJvmEnds);
    }
    engine.close();
    stores.close();
  }
}
