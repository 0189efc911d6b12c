/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.FileSlice;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.receipt.Receipts;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves files with the threads of this JVM. One engine serves all calls of a provider, so files,
 * streams and buffers in flight are bounded over all of them, and a call that comes second waits
 * for a free place instead of adding to the load (fixes W-25).
 */
public final class LocalEngine implements TransferEngine, AutoCloseable {
  /** Work that answers. */
  public interface Work<T> {
    /** Runs once. */
    T run() throws IOException;
  }

  /** A file's place among those in flight, until it is closed. */
  public interface Admission extends AutoCloseable {
    @Override
    void close();
  }

  private final TransferLimits limits;
  private final ExecutorService streams;
  private final Executor workers;
  private final SharedPermits files;
  private final BufferBudget buffers;
  private final BandwidthLimit throttle;
  private final @Nullable LocalEngine above;
  private final Supplier<Receipts> receipts;
  private final Set<LocalExecution> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** An engine with limits of its own; its threads start when they are needed. */
  public LocalEngine(TransferLimits limits) {
    this(limits, Receipts::new);
  }

  /** An engine that keeps its receipts somewhere else, so that tests can make that fail. */
  LocalEngine(TransferLimits limits, Supplier<Receipts> receipts) {
    this.limits = limits;
    this.receipts = receipts;
    this.above = null;
    this.streams =
        Executors.newFixedThreadPool(limits.partsInFlight(), DaemonThreads.named("flyte-transfer"));
    this.workers = streams;
    this.throttle = new BandwidthLimit(limits.bandwidthBytesPerSecond());
    this.files = new SharedPermits(limits.filesInFlight(), throttle::passedBytes);
    this.buffers = new BufferBudget(limits.bufferedBytes(), throttle::passedBytes, null);
  }

  /**
   * An engine for one call within another engine: its own limits hold for the call, and those of
   * the other one for all calls together (F99). Close it before the other one.
   */
  public LocalEngine(TransferLimits limits, LocalEngine above) {
    this.limits = limits;
    this.above = above;
    this.receipts = above.receipts;
    this.streams = above.streams;
    this.workers = new BoundedExecutor(above.streams, limits.partsInFlight());
    this.throttle = new BandwidthLimit(limits.bandwidthBytesPerSecond(), above.throttle);
    this.files = new SharedPermits(limits.filesInFlight(), throttle::passedBytes);
    this.buffers = new BufferBudget(limits.bufferedBytes(), throttle::passedBytes, above.buffers);
  }

  @Override
  public Engine kind() {
    return Engine.LOCAL;
  }

  /**
   * {@inheritDoc}
   *
   * <p>When the thread is interrupted every stream ends and cleans up; then what had arrived is
   * returned, and the thread is interrupted still.
   */
  @Override
  public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
    TransferWorker worker = new TransferWorker(plan, context, throttle);
    LocalExecution run = begin(context);
    try {
      for (TransferItem item : plan.items()) {
        if (run.isOver()) {
          break;
        }
        Consumer<FileTask> start = planFor(item, worker, context);
        Admission place = file();
        start.accept(new FileTask(item, worker, buffers, run, place::close));
      }
      return run.await();
    } catch (IOException | RuntimeException failure) {
      run.stop();
      run.close();
      throw failure;
    } catch (InterruptedException interrupted) {
      Collection<Receipt> done = run.stop();
      Thread.currentThread().interrupt();
      return done;
    } finally {
      runs.remove(run);
    }
  }

  /** The one bandwidth of all transfers. */
  public BandwidthLimit throttle() {
    return throttle;
  }

  /**
   * Work on the caller's own thread, which counts as one file with so many bytes of buffers.
   *
   * @throws InterruptedException when the caller is interrupted while it waits for a place
   * @throws IOException as the work throws
   */
  public <T> T runInline(long bufferBytes, Work<T> work) throws IOException, InterruptedException {
    try (Admission place = admit(bufferBytes)) {
      return work.run();
    }
  }

  /**
   * Waits for a file's place among those in flight, and for so many bytes of buffers.
   *
   * @throws InterruptedException when the caller is interrupted while it waits for a place
   */
  public Admission admit(long bufferBytes) throws InterruptedException {
    Admission file = file();
    try {
      BufferBudget.Share taken = buffers.acquire(bufferBytes);
      AtomicBoolean given = new AtomicBoolean();
      return () -> {
        if (given.compareAndSet(false, true)) {
          buffers.release(taken);
          file.close();
        }
      };
    } catch (InterruptedException interrupted) {
      file.close();
      throw interrupted;
    }
  }

  private Admission file() throws InterruptedException {
    int taken = files.acquire(1);
    if (above == null) {
      return () -> files.release(taken);
    }
    try {
      Admission outer = above.file();
      return () -> {
        outer.close();
        files.release(taken);
      };
    } catch (InterruptedException interrupted) {
      files.release(taken);
      throw interrupted;
    }
  }

  private LocalExecution begin(EngineContext context) {
    LocalExecution run = new LocalExecution(context, workers, receipts.get());
    runs.add(run);
    if (closed || (above != null && above.closed)) {
      runs.remove(run);
      throw Problem.cannot("transfer")
          .because("this provider is closed")
          .remedy("Open a new one.")
          .state();
    }
    return run;
  }

  /**
   * How a file is moved: by the store itself where it can, a large one of another store in ranges
   * or parts where the target takes them, all others in one stream. A local file is one stream
   * whose parts the stores send several at a time.
   */
  private Consumer<FileTask> planFor(
      TransferItem item, TransferWorker worker, EngineContext context) throws IOException {
    FileSlice slice = item.slice();
    if (slice != null) {
      return task -> task.submitSlice(slice);
    }
    switch (worker.copyMode(item)) {
      case WHOLE -> {
        return FileTask::submitWhole;
      }
      case PARTS -> {
        return task -> task.submitParts(Route.STORE);
      }
      default -> {}
    }
    if (!worker.isReadInParts(item, 2 * limits.partSizeBytes())) {
      return FileTask::submitWhole;
    }
    Location target = item.targetLocation();
    return switch (context.stores().of(target).traits().parallelWrite()) {
      case POSITIONED -> task -> task.submitRanges(limits.partSizeBytes());
      case PARTS -> task -> task.submitParts(Route.PARTS);
      case NONE -> FileTask::submitWhole;
    };
  }

  /** Ends the threads; transfers that still run are interrupted and clean up. */
  @Override
  public void close() {
    closed = true;
    runs.forEach(LocalExecution::cancel);
    if (above == null) {
      streams.shutdown();
      DaemonThreads.awaitEnd(streams);
    }
  }
}
