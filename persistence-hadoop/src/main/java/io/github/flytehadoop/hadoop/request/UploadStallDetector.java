/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Ends requests whose body nobody takes any more (F05), and those whose thread is interrupted
 * (F41): a socket that blocks while it is written to has no timeout of its own, and hears of no
 * interruption. What counts is progress, not the whole time; the answer is waited for by the
 * connection's own timeout.
 */
public final class UploadStallDetector implements AutoCloseable {
  static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
  private static final long LOOKS_EVERY_MILLIS = 1000;

  private final Duration patience;
  private final Set<Sending> all = ConcurrentHashMap.newKeySet();
  private @Nullable Thread looking;

  /** A watch that gives up a body after so long without a byte taken; zero means the default. */
  public UploadStallDetector(Duration patience) {
    this.patience = patience.isZero() ? LONGEST_SILENCE : patience;
  }

  /** One request, which the thread that begins it sends. */
  public final class Sending implements AutoCloseable {
    private volatile @Nullable Thread sender;
    private volatile @Nullable Abortable request;
    private volatile long progressAt;
    private volatile boolean writes;

    /** The body of this request, each of whose bytes is progress. */
    public ContentStreamProvider body(ContentStreamProvider body) {
      writes = true;
      progressAt = System.nanoTime();
      return () -> {
        progressAt = System.nanoTime();
        return progressing(body.newStream());
      };
    }

    private InputStream progressing(InputStream body) {
      return new FilterInputStream(body) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          writes = false; // a source may be as slow as it likes
          int count = in.read(bytes, offset, length);
          progressAt = System.nanoTime();
          writes = count >= 0;
          return count;
        }

        @Override
        public boolean markSupported() {
          return false;
        }
      };
    }

    /** Watches it until it is closed. */
    public void begin(Abortable sent) {
      sender = Thread.currentThread();
      request = sent;
      all.add(this);
      beginToLook();
    }

    private void look() {
      Abortable currentRequest = request;
      if (currentRequest != null && (isStalled() || isUnwanted())) {
        currentRequest.abort();
      }
    }

    private boolean isStalled() {
      return writes && System.nanoTime() - progressAt > patience.toNanos();
    }

    private boolean isUnwanted() {
      Thread currentSender = sender;
      return currentSender != null && currentSender.isInterrupted();
    }

    @Override
    public void close() {
      all.remove(this);
    }
  }

  /** One request, watched from when it begins until it is closed. */
  public Sending sending() {
    return new Sending();
  }

  private synchronized void beginToLook() {
    if (looking == null) {
      Thread thread = new Thread(this::run, "s3-sending-watch");
      thread.setDaemon(true);
      looking = thread;
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(LOOKS_EVERY_MILLIS);
        all.forEach(Sending::look);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.interrupt();
    }
  }
}
