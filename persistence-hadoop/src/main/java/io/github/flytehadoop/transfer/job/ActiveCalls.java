/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.Cancellation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that a provider is busy with, so that closing it can end them. */
final class ActiveCalls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActiveCalls.class);

  /** For cleaning up; not for ever, because a thread may hang in the code of others. */
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private record Ongoing(Thread thread, Cancellation cancellation) {}

  /** One call. */
  interface Call<T> {
    T run(Cancellation cancellation) throws TransferException;
  }

  private final Set<Ongoing> ongoing = new HashSet<>();
  private boolean closed;

  /**
   * Makes a call on this thread, which is interrupted when the provider is closed.
   *
   * @throws IllegalStateException when it is closed already
   */
  <T> T run(Call<T> call) throws TransferException {
    Ongoing own = new Ongoing(Thread.currentThread(), new Cancellation());
    begin(own);
    try {
      return call.run(own.cancellation);
    } finally {
      end(own);
    }
  }

  private synchronized void begin(Ongoing own) {
    if (closed) {
      throw Problem.cannot("transfer")
          .because("this provider is closed")
          .remedy("Open a new one.")
          .state();
    }
    ongoing.add(own);
  }

  /** An interruption that was meant for the call must not reach what the thread does next. */
  private synchronized void end(Ongoing own) {
    ongoing.remove(own);
    if (closed) {
      Thread.interrupted();
    }
    notifyAll();
  }

  /** Cancels all calls and waits until they have cleaned up behind themselves. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    ongoing.removeIf(call -> call.thread == Thread.currentThread());
    ongoing.forEach(
        call -> {
          call.cancellation.cancel();
          call.thread.interrupt();
        });
    long start = System.nanoTime();
    try {
      for (long left = LONGEST_END.toNanos(); !ongoing.isEmpty() && left > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = LONGEST_END.toNanos() - (System.nanoTime() - start);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!ongoing.isEmpty()) {
      LOG.warn("A transfer does not end; it may leave temporary files or uploads behind");
    }
  }
}
