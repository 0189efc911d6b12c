/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;
import org.apache.hadoop.fs.Seekable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Bytes of one version of an object: one GET for a range that is read in one go, and another from
 * where it stopped when the connection breaks. Nothing is asked for before the first byte is.
 * Seekable within the whole object; the range ends where it was asked to. Belongs to one thread.
 */
final class S3Read extends InputStream implements Seekable {
  /** What is cheaper to read than a new connection. */
  private static final long DRAINED_BYTES = 64 << 10;

  private final S3Requests requests;
  private final String key;
  private final long lengthBytes;
  private final long end;
  private final Function<Throwable, TransferException> classify;
  private @Nullable String etag;
  private long position;
  private @Nullable ResponseInputStream<GetObjectResponse> body;
  private S3SmallObjects.@Nullable Received held;
  private long heldFrom;
  private boolean closed;

  /**
   * A range of an object whose length is known.
   *
   * @param pinned length and etag; without an etag the first answer tells it
   */
  S3Read(
      S3Requests requests,
      String key,
      Attributes pinned,
      ByteRange range,
      Function<Throwable, TransferException> classify) {
    this.requests = requests;
    this.key = key;
    this.lengthBytes = pinned.lengthBytes();
    this.etag = S3Objects.plain(pinned.etag());
    this.position = range.offset();
    this.end =
        range.lengthBytes() < 0
            ? lengthBytes
            : Math.min(lengthBytes, range.offset() + range.lengthBytes());
    this.classify = classify;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (position >= end || length == 0) {
      return length == 0 ? 0 : -1;
    }
    int most = (int) Math.min(length, end - position);
    try {
      if (isHeld() || receive()) {
        return copyHeld(bytes, offset, most);
      }
      int count = requests.connection().call(client -> once(client, bytes, offset, most));
      position += count;
      return count;
    } catch (IOException | RuntimeException failure) {
      throw classify.apply(failure);
    }
  }

  private boolean isHeld() {
    return held != null && position >= heldFrom && position < end;
  }

  /** Takes the rest of a small range into memory; false where it has to come as a stream. */
  private boolean receive() throws IOException {
    if (body != null || held != null) {
      return false;
    }
    S3SmallObjects.Received received = requests.small().get(key, position, end - position, etag);
    if (received == null) {
      return false;
    }
    held = received;
    heldFrom = position;
    settle(received.etag());
    return true;
  }

  private int copyHeld(byte[] bytes, int offset, int most) {
    byte[] from = Objects.requireNonNull(held, "held").bytes();
    System.arraycopy(from, (int) (position - heldFrom), bytes, offset, most);
    position += most;
    if (position == end) {
      releaseHeld();
    }
    return most;
  }

  private void releaseHeld() {
    S3SmallObjects.Received received = held;
    held = null;
    if (received != null) {
      requests.small().release(received);
    }
  }

  /** Pins the version that answered, or refuses another than the one that is pinned. */
  private void settle(@Nullable String found) throws ChangedObjectException {
    if (found != null) {
      if (etag != null && !etag.equals(found)) {
        throw new ChangedObjectException("the object was replaced");
      }
      etag = found;
    }
  }

  private int once(S3Client client, byte[] bytes, int offset, int most) throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> open = body;
      if (open == null) {
        open = open(client);
        body = open;
      }
      int count = open.read(bytes, offset, most);
      if (count < 0) {
        throw new EOFException(
            "the answer ended " + (end - position) + " bytes before the end of the object");
      }
      return count;
    } catch (IOException | RuntimeException failure) {
      abandon();
      throw failure;
    }
  }

  private ResponseInputStream<GetObjectResponse> open(S3Client client) throws IOException {
    String pinned = etag;
    ResponseInputStream<GetObjectResponse> open =
        requests.get(
            client,
            GetObjectRequest.builder()
                .key(key)
                .ifMatch(S3Objects.quoted(pinned))
                .range("bytes=" + position + "-" + (end - 1)));
    try {
      settle(S3Objects.plain(open.response().eTag()));
    } catch (ChangedObjectException changed) {
      open.abort();
      throw changed;
    }
    return open;
  }

  private void abandon() {
    ResponseInputStream<GetObjectResponse> open = body;
    body = null;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void seek(long target) throws IOException {
    if (target < 0 || target > lengthBytes) {
      throw new EOFException("Cannot seek to " + target + " of " + lengthBytes + " bytes");
    }
    if (held != null) {
      if (target < heldFrom || target >= end) {
        releaseHeld();
      }
      position = target;
    } else if (target != position && !readOver(target - position)) {
      leave();
      position = target;
    }
  }

  /** A short way ahead is read over. */
  private boolean readOver(long bytes) {
    ResponseInputStream<GetObjectResponse> open = body;
    if (open == null || bytes < 0 || bytes > DRAINED_BYTES || position + bytes > end) {
      return false;
    }
    try {
      open.skipNBytes(bytes);
      position += bytes;
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }

  /** Reads a short rest, so that the connection can be used again; gives up a long one. */
  private void leave() {
    ResponseInputStream<GetObjectResponse> open = body;
    body = null;
    if (open == null) {
      return;
    }
    if (end - position > DRAINED_BYTES) {
      open.abort();
      return;
    }
    try {
      open.close();
    } catch (IOException broken) {
      open.abort();
    }
  }

  @Override
  public void close() {
    closed = true;
    releaseHeld();
    leave();
  }
}
