/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import io.github.flytehadoop.concurrent.DaemonThreads;
import io.github.flytehadoop.error.Problem;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs blocking calls on a bounded pool of threads, so that a future can be cancelled (FAP-C6). A
 * call that finds no free thread waits for one (F93); cancelled meanwhile, it never begins.
 */
final class AsyncCalls implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MOST_THREADS = 64;
  private static final long IDLE_SECONDS = 60;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST_THREADS,
          MOST_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          DaemonThreads.named("flyte-async"));

  AsyncCalls() {
    threads.allowCoreThreadTimeOut(true);
  }

  <T> CompletableFuture<T> run(Callable<T> call) {
    Call<T> task = new Call<>(call);
    try {
      threads.execute(task);
    } catch (RejectedExecutionException closed) {
      throw Problem.cannot("begin")
          .because("this provider is closed")
          .remedy("Make another.")
          .state();
    }
    return task.future;
  }

  /** Interrupts what still runs, and waits within reason until it has cleaned up behind itself. */
  @Override
  public void close() {
    threads.shutdownNow().forEach(AsyncCalls::cancel);
    try {
      threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(Runnable neverBegun) {
    if (neverBegun instanceof Call<?> call) {
      call.cancel(true);
    }
  }

  /** A call and its future; whatever ends the call, an error too, ends the future. */
  private static final class Call<T> extends FutureTask<T> {
    private final Interrupting<T> future = new Interrupting<>(this);

    Call(Callable<T> call) {
      super(call);
    }

    @Override
    protected void done() {
      try {
        future.complete(get());
      } catch (ExecutionException failure) {
        future.completeExceptionally(failure.getCause());
      } catch (CancellationException cancelled) {
        future.cancel(true);
      } catch (InterruptedException impossible) {
        Thread.currentThread().interrupt(); // a task that is done is not waited for
      }
    }
  }

  /** Cancelling interrupts the call, which then cleans up behind itself. */
  private static final class Interrupting<T> extends CompletableFuture<T> {
    private final FutureTask<T> task;

    Interrupting(FutureTask<T> task) {
      this.task = task;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled) {
        task.cancel(mayInterruptIfRunning);
      }
      return cancelled;
    }
  }
}
