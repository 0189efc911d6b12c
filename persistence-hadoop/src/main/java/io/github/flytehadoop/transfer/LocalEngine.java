/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.StoreTraits;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Moves files with the threads of this JVM. One engine serves all calls of a provider, so files,
 * streams and buffers in flight are bounded over all of them, and a call that comes second waits
 * for a free place instead of adding to the load (fixes W-25).
 */
public final class LocalEngine implements TransferEngine, AutoCloseable {
  /** Work that answers. */
  interface Work<T> {
    T run() throws IOException;
  }

  private final TransferLimits limits;
  private final ExecutorService streams;
  private final Semaphore files;
  private final BufferBudget buffers;
  private final Throttle throttle;
  private final Set<LocalRun> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** An engine with limits of its own; its threads start when they are needed. */
  public LocalEngine(TransferLimits limits) {
    this.limits = limits;
    this.streams =
        Executors.newFixedThreadPool(limits.partsInFlight(), DaemonThreads.named("flyte-transfer"));
    this.files = new Semaphore(limits.filesInFlight(), true);
    this.buffers = new BufferBudget(limits.bufferedBytes());
    this.throttle = new Throttle(limits.bandwidthBytesPerSecond());
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
    LocalRun run = begin(context);
    try {
      for (TransferItem item : plan.items()) {
        if (run.isOver()) {
          break;
        }
        boolean ranged = isRanged(item, context);
        files.acquire();
        FileTask task = new FileTask(item, worker, buffers, run, files::release);
        if (ranged) {
          task.submitRanges(limits.partSizeBytes());
        } else {
          task.submitWhole();
        }
      }
      return run.await();
    } catch (IOException | RuntimeException failure) {
      run.stop();
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
  Throttle throttle() {
    return throttle;
  }

  /** Work on the caller's own thread, which counts as one file with so many bytes of buffers. */
  <T> T here(long bufferBytes, Work<T> work) throws IOException, InterruptedException {
    files.acquire();
    try {
      int taken = buffers.acquire(bufferBytes);
      try {
        return work.run();
      } finally {
        buffers.release(taken);
      }
    } finally {
      files.release();
    }
  }

  private LocalRun begin(EngineContext context) {
    LocalRun run = new LocalRun(context, streams);
    runs.add(run);
    if (closed) {
      runs.remove(run);
      throw new IllegalStateException("Cannot transfer: this provider is closed. Open a new one.");
    }
    return run;
  }

  /** Large files are read in ranges where the target can take them at any offset. */
  private boolean isRanged(TransferItem item, EngineContext context) throws IOException {
    Location source = Location.parse(item.source());
    Location target = Location.parse(item.target());
    return !source.isLocal()
        && item.lengthBytes() >= 2 * limits.partSizeBytes()
        && context.stores().of(target).traits().parallelWrite()
            == StoreTraits.ParallelWrites.POSITIONED;
  }

  /** Ends the threads; transfers that still run are interrupted and clean up. */
  @Override
  public void close() {
    closed = true;
    runs.forEach(LocalRun::cancel);
    streams.shutdown();
    DaemonThreads.awaitEnd(streams);
  }
}
