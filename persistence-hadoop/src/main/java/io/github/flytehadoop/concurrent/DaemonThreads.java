/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.concurrent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that never keep a JVM alive. */
public final class DaemonThreads {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private DaemonThreads() {}

  /** Waits, within reason, until what was interrupted has cleaned up behind itself. */
  public static void awaitEnd(ExecutorService shutDown) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean interrupted = false;
    while (true) {
      try {
        shutDown.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException again) {
        interrupted = true; // whoever waits is often interrupted with those it waits for
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs what it is given once some time has passed, in a thread of its own. */
  public static Executor after(Duration delay, String name) {
    return CompletableFuture.delayedExecutor(
        delay.toSeconds(), TimeUnit.SECONDS, work -> named(name).newThread(work).start());
  }

  /** Makes daemon threads whose names begin with a prefix. */
  public static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
