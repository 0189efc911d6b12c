/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.ProgressListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the transfers and a user's listener: one thread calls it, what it throws is
 * logged, and while it is slow the bytes add up to one later call (F60). Events of files wait in a
 * bounded queue and are dropped when it is full (F92): the report has every file.
 */
final class ProgressDispatcher implements ProgressListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressDispatcher.class);
  private static final long FLUSH_SECONDS = 1;

  private static final int MOST_WAITING = 10_000;

  private final ProgressListener listener;
  private final AtomicLong unreported = new AtomicLong();
  private final AtomicBoolean telling = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();

  private final ThreadPoolExecutor caller =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          DaemonThreads.named("flyte-progress"));

  ProgressDispatcher(ProgressListener listener) {
    this.listener = listener;
  }

  @Override
  public void planned(long files, long bytes) {
    call(() -> listener.planned(files, bytes));
  }

  @Override
  public void started(String path, long bytes) {
    call(() -> listener.started(Printable.masked(path), bytes));
  }

  @Override
  public void advanced(long bytes) {
    unreported.addAndGet(bytes);
    if (telling.compareAndSet(false, true) && !call(this::tellAdvanced)) {
      telling.set(false); // the next bytes try again, and the end tells them all
    }
  }

  private void tellAdvanced() {
    telling.set(false);
    long bytes = unreported.getAndSet(0);
    if (bytes > 0) {
      listener.advanced(bytes);
    }
  }

  @Override
  public void finished(String path, long bytes) {
    call(() -> listener.finished(Printable.masked(path), bytes));
  }

  @Override
  public void failed(PathFailure failure) {
    call(() -> listener.failed(failure));
  }

  /** Whether the event waits for the listener; a full queue or the end drops it. */
  private boolean call(Runnable event) {
    try {
      caller.execute(() -> guarded(event));
      return true;
    } catch (RejectedExecutionException full) {
      if (!caller.isShutdown()) {
        dropped.incrementAndGet();
      }
      return false;
    }
  }

  private static void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException defect) {
      LOG.warn("The progress listener failed; the transfer goes on", defect);
    }
  }

  /** Gives the listener a moment to hear the last events before the caller sees the report. */
  void flush() {
    if (caller.isShutdown()) {
      return;
    }
    FutureTask<Void> last = new FutureTask<>(() -> guarded(this::tellAdvanced), null);
    try {
      enqueue(last);
      last.get(FLUSH_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException slow) {
      LOG.warn("The progress listener is slow; its last events come after the report");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.warn("The progress listener is slow: {} events were dropped, reports have them", lost);
    }
  }

  /** A full queue has a place as soon as the listener has heard one more event. */
  private void enqueue(FutureTask<Void> event) throws InterruptedException, TimeoutException {
    try {
      caller.execute(event);
    } catch (RejectedExecutionException full) {
      if (!caller.getQueue().offer(event, FLUSH_SECONDS, TimeUnit.SECONDS)) {
        throw new TimeoutException();
      }
    }
  }

  /** A listener that does not come back is interrupted, and hears no more. */
  @Override
  public void close() {
    flush();
    caller.shutdownNow();
  }
}
