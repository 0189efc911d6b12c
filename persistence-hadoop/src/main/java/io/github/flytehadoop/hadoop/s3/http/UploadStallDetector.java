/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.http;

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
 * Ends requests whose body nobody takes any more (F05): a socket that blocks while it is written to
 * has no timeout of its own. What counts is progress, not the whole time; the answer is waited for
 * by the connection's own timeout.
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

  /** One request with a body. */
  public final class Sending implements ContentStreamProvider, AutoCloseable {
    private final ContentStreamProvider body;
    private volatile @Nullable Abortable request;
    private volatile long progressAt = System.nanoTime();
    private volatile boolean reads;

    private Sending(ContentStreamProvider body) {
      this.body = body;
    }

    /** What ends it. */
    void abortable(Abortable sent) {
      request = sent;
      all.add(this);
      begin();
    }

    @Override
    public InputStream newStream() {
      progressAt = System.nanoTime();
      return new FilterInputStream(body.newStream()) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          reads = true; // a source may be as slow as it likes
          int count = in.read(bytes, offset, length);
          progressAt = System.nanoTime();
          reads = count < 0;
          return count;
        }

        @Override
        public boolean markSupported() {
          return false;
        }
      };
    }

    private void look() {
      Abortable currentRequest = request;
      if (currentRequest != null && !reads && System.nanoTime() - progressAt > patience.toNanos()) {
        currentRequest.abort();
      }
    }

    @Override
    public void close() {
      all.remove(this);
    }
  }

  /** Watches one body from now until it is closed. */
  public Sending sending(ContentStreamProvider body) {
    return new Sending(body);
  }

  private synchronized void begin() {
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
