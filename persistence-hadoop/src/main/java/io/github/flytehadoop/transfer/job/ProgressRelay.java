/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.ProgressListener;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the transfers and a user's listener: one thread calls it, what it throws is
 * logged, and while it is slow the bytes add up to one later call (F60).
 */
final class ProgressRelay implements ProgressListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressRelay.class);
  private static final long FLUSH_SECONDS = 1;

  private final ProgressListener listener;
  private final AtomicLong unreported = new AtomicLong();

  /** What comes after the end is dropped. */
  private final ThreadPoolExecutor caller =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          DaemonThreads.named("flyte-progress"),
          new ThreadPoolExecutor.DiscardPolicy());

  ProgressRelay(ProgressListener listener) {
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
    if (unreported.getAndAdd(bytes) == 0) {
      call(() -> listener.advanced(unreported.getAndSet(0)));
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

  private void call(Runnable event) {
    caller.execute(
        () -> {
          try {
            event.run();
          } catch (RuntimeException defect) {
            LOG.warn("The progress listener failed; the transfer goes on", defect);
          }
        });
  }

  /** Gives the listener a moment to hear the last events before the caller sees the report. */
  void flush() {
    if (caller.isShutdown()) {
      return;
    }
    try {
      caller.submit(() -> {}).get(FLUSH_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException slow) {
      LOG.warn("The progress listener is slow; its last events come after the report");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A listener that does not come back is interrupted, and hears no more. */
  @Override
  public void close() {
    flush();
    caller.shutdownNow();
  }
}
