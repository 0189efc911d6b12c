/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.exit;

import io.github.flytehadoop.error.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
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
  private final PrintStream err;
  private volatile boolean stopping;

  private Interruption(Duration patience, PrintStream err) {
    this.patience = patience;
    this.err = err;
  }

  /**
   * Watches over the calling thread until this is closed.
   *
   * @param patience how long the process waits for it at its end
   * @param err where it says that it waited in vain
   */
  public static Interruption watch(Duration patience, PrintStream err) {
    Interruption interruption = new Interruption(patience, err);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "flyte-interruption"));
    return interruption;
  }

  /**
   * A stream whose end is none when the process was told to end meanwhile: whoever wrote to it was
   * probably told so, too. The interruption alone is not enough, since libraries swallow it.
   */
  public InputStream guard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count < 0 && stopping) {
          throw new InterruptedIOException("the process was told to end");
        }
        return count;
      }
    };
  }

  private void stop() {
    if (done.getCount() == 0) {
      return;
    }
    stopping = true;
    worker.interrupt();
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        err.println("flyte-data: " + inVain());
      }
    } catch (InterruptedException nobodyDoesThis) {
      Thread.currentThread().interrupt();
    }
  }

  private String inVain() {
    return Problem.cannot("clean up")
        .because(
            "it has not ended within "
                + patience.toSeconds()
                + " s, and may leave temporary files or a pending upload")
        .remedy("Run it again: what a run with a --job-id has left, the next of its name removes.")
        .message();
  }

  /** The run is over and has nothing left to clean up. */
  @Override
  public void close() {
    done.countDown();
  }
}
