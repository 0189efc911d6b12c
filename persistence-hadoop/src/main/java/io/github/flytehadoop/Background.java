/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls on threads of their own, so that a future can be cancelled (FAP-C6). */
final class Background implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "flyte-async");
            thread.setDaemon(true);
            return thread;
          });

  <T> CompletableFuture<T> run(Callable<T> call) {
    Interruptible<T> future = new Interruptible<>();
    future.task =
        threads.submit(
            () -> {
              try {
                future.complete(call.call());
              } catch (Exception failure) { // whatever a Callable throws belongs to the future
                future.completeExceptionally(failure);
              }
            });
    return future;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Cancelling interrupts the call, which then cleans up behind itself. */
  private static final class Interruptible<T> extends CompletableFuture<T> {
    private volatile @Nullable Future<?> task;

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      Future<?> running = task;
      if (cancelled && running != null) {
        running.cancel(mayInterruptIfRunning);
      }
      return cancelled;
    }
  }
}
