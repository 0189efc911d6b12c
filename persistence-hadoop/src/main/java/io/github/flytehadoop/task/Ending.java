/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Watches for the end of the process, such as SIGTERM. From then on nothing is published: the
 * thread of the task is interrupted, which cancels its transfers, and the process waits until it
 * has removed what was half done.
 */
final class Ending implements AutoCloseable {
  /** Before Spark stops its context and Hadoop closes its file systems. */
  private static final int PRIORITY = 100;

  /** Less than the 30 seconds after which Kubernetes kills. */
  private static final int PATIENCE_SECONDS = 20;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable hook = this::stop;
  private boolean ended;

  private Ending() {}

  /** Watches over the calling thread until this is closed. */
  static Ending watch() {
    Ending ending = new Ending();
    ShutdownHookManager.get()
        .addShutdownHook(ending.hook, PRIORITY, PATIENCE_SECONDS + 5, TimeUnit.SECONDS);
    return ending;
  }

  private void stop() {
    synchronized (this) {
      ended = true;
    }
    if (done.getCount() == 0 || isExiting()) {
      return;
    }
    worker.interrupt();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /** A task that calls System.exit itself waits for this very hook. */
  private boolean isExiting() {
    return Arrays.stream(worker.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }

  /** Whether the process has been told to end. */
  synchronized boolean isEnded() {
    return ended;
  }

  void refuseWrites(String uri) throws TransferException {
    if (isEnded()) {
      throw Problem.cannot("write", Location.parse(uri))
          .because("the process was told to end")
          .kind(FailureKind.INTERRUPTED)
          .exception();
    }
  }

  /** Publishes, unless the process has been told to end. */
  void commit(PendingOutput out) throws IOException {
    refuseWrites(out.uri());
    out.commit();
  }

  @Override
  public void close() {
    done.countDown();
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.removeShutdownHook(hook);
    }
  }
}
