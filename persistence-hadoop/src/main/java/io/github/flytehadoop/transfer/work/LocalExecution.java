/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.receipt.Receipts;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One call on its way through the local engine: its receipts and the threads that work for it. */
final class LocalExecution {
  private static final Set<FailureKind> HOPELESS =
      Set.of(FailureKind.NO_CREDENTIALS, FailureKind.INTERRUPTED);
  private static final Set<FailureKind> UNREACHABLE =
      Set.of(FailureKind.NETWORK, FailureKind.TIMEOUT);

  /** As many files with all their tries, and not one that arrived: the store is not there. */
  private static final int ENOUGH_UNREACHABLE = 3;

  private final EngineContext context;
  private final Executor streams;
  private final Set<Thread> working = new HashSet<>();
  private final Receipts receipts;
  private int left;
  private int arrived;
  private int unreachable;
  private boolean hopeless;
  private boolean cancelled;
  private @Nullable RuntimeException broken;

  LocalExecution(EngineContext context, Executor streams, Receipts receipts) {
    this.context = context;
    this.streams = streams;
    this.receipts = receipts;
  }

  /** Something to wait for has begun. */
  synchronized void started() {
    left++;
  }

  /** It has ended. */
  synchronized void ended() {
    left--;
    notifyAll();
  }

  /**
   * Runs work on a shared thread, which {@link #stop} interrupts as long as it works for us.
   *
   * @return whether it will run; not when the engine was closed meanwhile
   */
  boolean submit(Runnable work) {
    try {
      streams.execute(
          () -> {
            arrive();
            try {
              work.run();
            } finally {
              leave();
            }
          });
      return true;
    } catch (RejectedExecutionException closed) {
      cancel();
      return false;
    }
  }

  private synchronized void arrive() {
    working.add(Thread.currentThread());
  }

  /** An interruption that was meant for us must not reach what this thread does next. */
  private synchronized void leave() {
    working.remove(Thread.currentThread());
    if (cancelled) {
      Thread.interrupted();
    }
  }

  /**
   * Keeps it, and tells whoever wants to hear of it at once. When nobody can keep it, the run is
   * over: {@link #await} says why.
   */
  void receive(TransferItem item, Receipt receipt) {
    try {
      receive(receipt);
      context.receipts().arrived(item, receipt);
    } catch (RuntimeException unkept) {
      end(unkept);
    }
  }

  private synchronized void end(RuntimeException reason) {
    broken = broken == null ? reason : broken;
    context.cancellation().cancel();
  }

  private synchronized void receive(Receipt receipt) {
    receipts.add(receipt);
    PathFailure failure = receipt.failure();
    if (failure == null) {
      arrived++;
    } else {
      unreachable += UNREACHABLE.contains(failure.kind()) ? 1 : 0;
      hopeless |= HOPELESS.contains(failure.kind());
    }
  }

  /** Whether further files would only fail in the same way. */
  synchronized boolean isOver() {
    return hopeless
        || broken != null
        || (arrived == 0 && unreachable >= ENOUGH_UNREACHABLE)
        || context.cancellation().isCancelled();
  }

  /**
   * Waits until everything has ended.
   *
   * @throws java.io.UncheckedIOException when the local disk could not keep the receipts
   */
  Collection<Receipt> await() throws InterruptedException {
    awaitEnd();
    RuntimeException reason = broken();
    if (reason != null) {
      throw reason;
    }
    return receipts;
  }

  private synchronized void awaitEnd() throws InterruptedException {
    while (left > 0) {
      wait();
    }
  }

  private synchronized @Nullable RuntimeException broken() {
    return broken;
  }

  /** Asks every stream to end; work that has not begun ends when it sees the cancellation. */
  synchronized void cancel() {
    context.cancellation().cancel();
    cancelled = true;
    working.forEach(Thread::interrupt);
  }

  /** Frees the receipts of a run that nobody asks for any more. */
  void close() {
    receipts.close();
  }

  /** Cancels, and waits until every stream has cleaned up behind itself. */
  Collection<Receipt> stop() {
    cancel();
    boolean again = false;
    try {
      while (true) {
        try {
          awaitEnd();
          return receipts;
        } catch (InterruptedException impatient) {
          again = true;
        }
      }
    } finally {
      if (again) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
