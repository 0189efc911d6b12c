/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A body of known length, or until the server closes. The client waits for ever for the next bytes
 * of a body, so a watchdog closes the stream under a read that takes too long.
 */
final class HttpRead extends InputStream {
  private static final long IDLE = 0;
  private static final long GIVEN_UP = -1;

  private final Location at;
  private final InputStream body;
  private final long lengthBytes;
  private final Duration silence;
  private final ScheduledExecutorService watch;

  /** Since when a read waits, or one of the two above. */
  private final AtomicLong waiting = new AtomicLong(IDLE);

  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile @Nullable Future<?> watchdog;
  private long read;

  HttpRead(
      Location at,
      InputStream body,
      long lengthBytes,
      Duration silence,
      ScheduledExecutorService watch) {
    this.at = at;
    this.body = body;
    this.lengthBytes = lengthBytes;
    this.silence = silence;
    this.watch = watch;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count =
        body.available() > 0 ? body.read(bytes, offset, length) : await(bytes, offset, length);
    if (count < 0 && lengthBytes >= 0 && read < lengthBytes) {
      throw failure(new EOFException(read + " of " + lengthBytes + " bytes arrived"));
    }
    read += Math.max(count, 0);
    return count;
  }

  private int await(byte[] bytes, int offset, int length) throws IOException {
    long since = (System.nanoTime() & Long.MAX_VALUE) | 1;
    waiting.set(since);
    watch(silence.toNanos());
    boolean inTime;
    int count = -1;
    IOException broken = null;
    try {
      count = body.read(bytes, offset, length);
    } catch (IOException failure) {
      broken = failure;
    } finally {
      inTime = waiting.compareAndSet(since, IDLE);
    }
    if (!inTime && (broken != null || count < 0)) {
      throw failure(new SocketTimeoutException("nothing came for " + silence.toSeconds() + " s"));
    }
    if (broken != null) {
      throw failure(broken);
    }
    return count;
  }

  /** One watchdog a body: while it sits there no read adds another. */
  private void watch(long nanos) {
    if (watched.compareAndSet(false, true)) {
      watchdog = watch.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    watched.set(false);
    long since = waiting.get();
    if (since > IDLE) {
      long left = silence.toNanos() - ((System.nanoTime() & Long.MAX_VALUE) - since);
      if (left > 0) {
        watch(left);
      } else if (waiting.compareAndSet(since, GIVEN_UP)) {
        org.apache.hadoop.io.IOUtils.closeStream(body);
      } else if (waiting.get() > IDLE) {
        watch(silence.toNanos());
      }
    }
  }

  private TransferException failure(IOException cause) {
    return HttpFailures.of("read", at, cause);
  }

  @Override
  public void close() throws IOException {
    Future<?> sitting = watchdog;
    if (sitting != null) {
      sitting.cancel(false);
    }
    body.close();
  }
}
