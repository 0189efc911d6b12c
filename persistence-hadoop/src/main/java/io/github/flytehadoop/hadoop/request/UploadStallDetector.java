/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends requests whose body nobody takes any more (F05), and those whose thread is interrupted
 * (F41): a socket that blocks while it is written to has no timeout of its own, and hears of no
 * interruption. What counts is progress, not the whole time; the answer is waited for by the
 * connection's own timeout.
 */
public final class UploadStallDetector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadStallDetector.class);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
  private static final long LOOKS_EVERY_MILLIS = 1000;
  private static final int PIECE_BYTES = 64 << 10;

  private final Duration patience;
  private final boolean endless;
  private final Set<Exchange> all = ConcurrentHashMap.newKeySet();
  private @Nullable Thread looking;

  /**
   * A watch over the requests of a client.
   *
   * @param patience without a byte taken; zero means 60 s, and that an answer may take any time
   */
  public UploadStallDetector(Duration patience) {
    this.endless = patience.isZero();
    this.patience = endless ? LONGEST_SILENCE : patience;
  }

  private enum Phase {
    /** A source may be as slow as it likes. */
    SOURCE,
    /** The store has to take bytes. */
    BODY,
    /** The client sends what it still holds of the body, and waits for the answer. */
    ANSWER,
    /** Nobody wants the rest of the answer, which some clients read all the same. */
    REST
  }

  /** One request, or one read of its answer, of the thread that begins it. */
  public final class Exchange implements AutoCloseable {
    private volatile @Nullable Thread thread;
    private volatile @Nullable Runnable abort;
    private volatile Phase phase = Phase.SOURCE;
    private volatile long progressAt;
    private volatile @Nullable IOException why;

    private Exchange() {}

    /**
     * Watches it until it is closed.
     *
     * @param ended breaks it off, from another thread
     */
    public void begin(Runnable ended) {
      thread = Thread.currentThread();
      abort = ended;
      progressAt = System.nanoTime();
      all.add(this);
      beginToLook();
    }

    private void enter(Phase next) {
      progressAt = System.nanoTime();
      phase = next;
    }

    /** The body, where the client reads it: what it has read it sends before it reads on. */
    public InputStream body(InputStream body) {
      enter(Phase.BODY);
      return new FilterInputStream(body) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          enter(Phase.SOURCE);
          int count = in.read(bytes, offset, length);
          enter(count < 0 ? Phase.ANSWER : Phase.BODY);
          return count;
        }

        @Override
        public boolean markSupported() {
          return false;
        }
      };
    }

    /** Where the client writes the body to; {@link #sent} says that there is no more. */
    public OutputStream body(OutputStream connection) {
      return new FilterOutputStream(connection) {
        @Override
        public void write(int single) throws IOException {
          write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          for (int at = 0; at < length; at += PIECE_BYTES) {
            enter(Phase.BODY);
            out.write(bytes, offset + at, Math.min(PIECE_BYTES, length - at));
          }
          enter(Phase.SOURCE);
        }
      };
    }

    /** Notes that the client has the whole body. */
    public void sent() {
      enter(Phase.ANSWER);
    }

    /** Notes that the answer is closed: that may take no longer than it takes to look. */
    void closing() {
      enter(Phase.REST);
    }

    /** Whether it was broken off. */
    boolean isEnded() {
      return why != null;
    }

    private void look() {
      if (why == null) {
        why = reason();
      }
      Runnable current = abort;
      if (why != null && current != null) {
        try {
          current.run();
        } catch (RuntimeException failure) {
          LOG.debug("A request cannot be broken off yet", failure);
        }
      }
    }

    private @Nullable IOException reason() {
      Thread current = thread;
      if (current != null && current.isInterrupted()) {
        return new InterruptedIOException("interrupted in a request");
      }
      return isStalled() ? new SilentServerException(patience) : null;
    }

    /** The timeout of a connection covers no byte of a body that the client still holds. */
    private boolean isStalled() {
      long silence = System.nanoTime() - progressAt;
      return switch (phase) {
        case SOURCE -> false;
        case BODY -> silence > patience.toNanos();
        case ANSWER -> !endless && silence > 2 * patience.toNanos();
        case REST -> silence > TimeUnit.MILLISECONDS.toNanos(LOOKS_EVERY_MILLIS);
      };
    }

    /** Why it was ended, or the failure itself when it was not. */
    public IOException explained(IOException failure) {
      IOException ended = why;
      if (ended == null) {
        return failure;
      }
      ended.addSuppressed(failure);
      return ended;
    }

    @Override
    public void close() {
      all.remove(this);
    }
  }

  /** One request, which is not watched before it begins. */
  public Exchange exchange() {
    return new Exchange();
  }

  /**
   * The body of an answer. Its thread may be another than that of the request.
   *
   * @param abort breaks it off, from another thread
   */
  public InputStream answer(InputStream body, Runnable abort) {
    return new WatchedAnswer(this, body, abort);
  }

  private synchronized void beginToLook() {
    if (looking == null) {
      Thread thread = new Thread(this::run, "flyte-sending-watch");
      thread.setDaemon(true);
      looking = thread;
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(LOOKS_EVERY_MILLIS);
        all.forEach(Exchange::look);
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
