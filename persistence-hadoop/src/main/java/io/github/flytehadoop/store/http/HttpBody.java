/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A body of known length, or until the server closes. The client waits for ever for the next bytes
 * of a body, so each read that takes too long has its stream closed under it.
 */
final class HttpBody extends InputStream {
  private final Location at;
  private final InputStream body;
  private final long lengthBytes;
  private final Duration silence;
  private long read;

  HttpBody(Location at, InputStream body, long lengthBytes, Duration silence) {
    this.at = at;
    this.body = body;
    this.lengthBytes = lengthBytes;
    this.silence = silence;
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
    AtomicBoolean given = new AtomicBoolean();
    CompletableFuture<Void> guard =
        CompletableFuture.runAsync(
            () -> giveUp(given),
            CompletableFuture.delayedExecutor(silence.toMillis(), TimeUnit.MILLISECONDS));
    try {
      int count = body.read(bytes, offset, length);
      if (count < 0 && given.get()) {
        throw new IOException("closed");
      }
      return count;
    } catch (IOException broken) {
      throw failure(
          given.get()
              ? new SocketTimeoutException("nothing came for " + silence.toSeconds() + " s")
              : broken);
    } finally {
      guard.cancel(false);
    }
  }

  private void giveUp(AtomicBoolean given) {
    given.set(true);
    org.apache.hadoop.io.IOUtils.closeStream(body);
  }

  private TransferException failure(IOException cause) {
    return HttpFailures.of("read", at, cause);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
