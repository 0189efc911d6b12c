/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One plan on its way through the local engine: its receipts and the threads that work for it. */
final class LocalRun {
  private static final Set<FailureKind> HOPELESS =
      Set.of(FailureKind.NO_CREDENTIALS, FailureKind.INTERRUPTED);

  private final EngineContext context;
  private final ExecutorService streams;
  private final Set<Thread> working = new HashSet<>();
  private final List<Receipt> receipts = new ArrayList<>();
  private int filesLeft;
  private @Nullable TransferException hopeless;

  LocalRun(EngineContext context, ExecutorService streams) {
    this.context = context;
    this.streams = streams;
  }

  synchronized void fileStarted() {
    filesLeft++;
  }

  /** Runs work on a shared thread, which {@link #stop} interrupts as long as it works for us. */
  void submit(Runnable work) {
    try {
      streams.execute(() -> tracked(work));
    } catch (RejectedExecutionException closed) {
      // cancelled work ends at once, and ends the way that counts it
      context.cancellation().cancel();
      work.run();
    }
  }

  private void tracked(Runnable work) {
    arrive();
    try {
      work.run();
    } finally {
      leave();
    }
  }

  private synchronized void arrive() {
    working.add(Thread.currentThread());
  }

  /** An interruption that was meant for us must not reach the next run on this thread. */
  private synchronized void leave() {
    working.remove(Thread.currentThread());
    Thread.interrupted();
  }

  synchronized void fileDone(Receipt receipt, @Nullable TransferException failure) {
    receipts.add(receipt);
    filesLeft--;
    if (failure != null && HOPELESS.contains(failure.kind()) && hopeless == null) {
      hopeless = failure;
    }
    notifyAll();
  }

  /** Whether further files would only fail in the same way. */
  synchronized boolean isOver() {
    return hopeless != null || context.cancellation().isCancelled();
  }

  synchronized Collection<Receipt> await() throws InterruptedException {
    while (filesLeft > 0) {
      wait();
    }
    return List.copyOf(receipts);
  }

  /** Asks every stream to end; work that has not begun ends when it sees the cancellation. */
  synchronized void cancel() {
    context.cancellation().cancel();
    working.forEach(Thread::interrupt);
  }

  /** Cancels, and waits until every stream has cleaned up behind itself. */
  void stop() {
    cancel();
    boolean interrupted = false;
    for (boolean waiting = true; waiting; ) {
      try {
        await();
        waiting = false;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
