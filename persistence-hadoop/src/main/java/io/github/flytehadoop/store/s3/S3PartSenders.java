/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
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

  private final Semaphore free = new Semaphore(PARTS_AT_ONCE);
  private final Semaphore ofAll;
  private final List<Future<CompletedPart>> sent = new ArrayList<>();
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
    try {
      if (stopped) {
        throw new Stopped();
      }
      return part.send();
    } catch (IOException | RuntimeException failure) {
      stopped = true;
      throw failure;
    } finally {
      ofAll.release();
      free.release();
    }
  }

  /**
   * Waits for all parts, whatever happens: one that is still sent could arrive after an abort.
   *
   * @return the parts in order
   * @throws IOException that of the first part that failed
   */
  List<CompletedPart> await() throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    IOException first = null;
    boolean interrupted = false;
    for (Future<CompletedPart> part : sent) {
      while (true) {
        try {
          parts.add(part.get());
          break;
        } catch (InterruptedException impatient) {
          interrupted = true;
          stopped = true;
        } catch (ExecutionException failed) {
          first = moreTelling(first, failed.getCause());
          break;
        }
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

  private static IOException moreTelling(@Nullable IOException first, @Nullable Throwable cause) {
    if (first != null && !(first instanceof Stopped)) {
      return first;
    }
    return cause instanceof IOException problem ? problem : new IOException(cause);
  }
}
