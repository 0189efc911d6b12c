/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.exit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run clean up behind itself when the process is told to end: the thread that works is
 * interrupted, which cancels its transfer, and the process waits until it has removed what was half
 * done. After SIGINT the process ends with 130, whatever the run itself returns.
 */
public final class Interruption implements AutoCloseable {
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Duration patience;

  private Interruption(Duration patience) {
    this.patience = patience;
  }

  /** Watches over the calling thread until this is closed. */
  public static Interruption watch(Duration patience) {
    Interruption interruption = new Interruption(patience);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "flyte-interruption"));
    return interruption;
  }

  private void stop() {
    if (done.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException nobodyDoesThis) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run is over and has nothing left to clean up. */
  @Override
  public void close() {
    done.countDown();
  }
}
