/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Sends the parts of one upload, a few at once, on threads that all uploads share. The first
 * failure stops those that have not begun. Its owner is one thread.
 */
final class S3PartSenders {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "s3-part-" + NUMBER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /** Sends one part. */
  interface Sending {
    CompletedPart send() throws IOException;
  }

  /** Another part has failed. */
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** How many parts of one upload are on their way at once. */
  private static final int PARTS_AT_ONCE = 4;

  /** How long an interrupted owner waits for answers before it breaks the requests off. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Semaphore free = new Semaphore(PARTS_AT_ONCE);
  private final Semaphore ofAll;
  private final List<Future<CompletedPart>> sent = new ArrayList<>();
  private final Set<Thread> working = new HashSet<>();
  private boolean brokenOff;
  private boolean interrupted;
  private long interruptedAt;
  private volatile boolean stopped;

  /** With the permits that all uploads share. */
  S3PartSenders(Semaphore ofAll) {
    this.ofAll = ofAll;
  }

  /** Whether a part has failed, or nobody wants the rest. */
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /**
   * Sends a part as soon as one of the threads is free.
   *
   * @throws InterruptedIOException when the caller is interrupted
   */
  void send(Sending part) throws IOException {
    acquire(free);
    boolean begun = false;
    try {
      acquire(ofAll);
      if (stopped) {
        ofAll.release();
      } else {
        sent.add(THREADS.submit(() -> run(part)));
        begun = true;
      }
    } finally {
      if (!begun) {
        free.release();
      }
    }
  }

  private void acquire(Semaphore permits) throws IOException {
    try {
      permits.acquire();
    } catch (InterruptedException interrupted) {
      stopped = true;
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the upload was interrupted");
    }
  }

  private CompletedPart run(Sending part) throws IOException {
    begin();
    try {
      if (stopped) {
        throw new Stopped();
      }
      return part.send();
    } catch (IOException | RuntimeException failure) {
      stopped = true;
      throw failure;
    } finally {
      end();
      ofAll.release();
      free.release();
    }
  }

  private synchronized void begin() {
    working.add(Thread.currentThread());
    if (brokenOff) {
      Thread.currentThread().interrupt();
    }
  }

  /** The thread is for other uploads from now on. */
  private synchronized void end() {
    working.remove(Thread.currentThread());
    Thread.interrupted();
  }

  private synchronized void breakOff() {
    brokenOff = true;
    working.forEach(Thread::interrupt);
  }

  /**
   * Waits for all parts, whatever happens: one that is still sent could arrive after an abort. When
   * the caller is interrupted, parts that have no answer in 3 seconds are broken off.
   *
   * @return the parts in order
   * @throws IOException that of the first part that failed
   */
  List<CompletedPart> await() throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    IOException first = null;
    for (Future<CompletedPart> part : sent) {
      try {
        parts.add(answer(part));
      } catch (ExecutionException failed) {
        first = moreTelling(first, failed.getCause());
      }
    }
    sent.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the upload was interrupted");
    }
    if (first != null) {
      throw first;
    }
    parts.sort(Comparator.comparing(CompletedPart::partNumber));
    return parts;
  }

  private CompletedPart answer(Future<CompletedPart> part) throws ExecutionException {
    while (true) {
      try {
        return part.get(patienceNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException impatient) {
        interruptedAt = interrupted ? interruptedAt : System.nanoTime();
        interrupted = true;
        stopped = true;
      } catch (TimeoutException late) {
        breakOff();
      }
    }
  }

  private synchronized long patienceNanos() {
    boolean hurries = interrupted && !brokenOff;
    return hurries
        ? Math.max(0, PATIENCE_NANOS - (System.nanoTime() - interruptedAt))
        : Long.MAX_VALUE;
  }

  private static IOException moreTelling(@Nullable IOException first, @Nullable Throwable cause) {
    if (first != null && !(first instanceof Stopped)) {
      return first;
    }
    return cause instanceof IOException problem ? problem : new IOException(cause);
  }
}
