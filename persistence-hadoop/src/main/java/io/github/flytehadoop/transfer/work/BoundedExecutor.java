/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Uses at most so many threads of another executor at once; the rest waits in order. */
final class BoundedExecutor implements Executor {
  private final Executor threads;
  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  BoundedExecutor(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  @Override
  public void execute(Runnable work) {
    synchronized (this) {
      if (running == most) {
        waiting.add(work);
        return;
      }
      running++;
    }
    try {
      begin(work);
    } catch (RejectedExecutionException closed) {
      synchronized (this) {
        running--;
      }
      throw closed;
    }
  }

  private void begin(Runnable work) {
    threads.execute(
        () -> {
          try {
            work.run();
          } finally {
            next();
          }
        });
  }

  /** What waits when the threads are gone runs here: it sees its cancellation, and ends. */
  private void next() {
    while (true) {
      Runnable work;
      synchronized (this) {
        work = waiting.poll();
        if (work == null) {
          running--;
          return;
        }
      }
      try {
        begin(work);
        return;
      } catch (RejectedExecutionException closed) {
        work.run();
      }
    }
  }
}
