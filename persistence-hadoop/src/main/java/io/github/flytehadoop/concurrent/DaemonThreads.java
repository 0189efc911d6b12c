/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.concurrent;

import java.time.Duration;
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
    try {
      shutDown.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
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
