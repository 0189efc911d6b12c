/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.s3.S3Connection;
import io.github.flytehadoop.hadoop.s3.message.S3Body;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.hadoop.RangeInputStream;
import io.github.flytehadoop.store.s3.request.S3Objects;
import io.github.flytehadoop.store.s3.request.S3RangeRequest;
import io.github.flytehadoop.store.s3.request.S3SmallObjects;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one version of an object; a small range is held in memory. Nothing is asked for
 * before the first byte is.
 */
final class S3Read extends RangeInputStream {
  private final S3Requests requests;
  private final String key;
  private final Function<Throwable, TransferException> classify;
  private @Nullable String etag;
  private @Nullable S3Body body;
  private S3SmallObjects.@Nullable Received held;
  private long heldFrom;

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
    super(pinned.lengthBytes(), range.offset(), endOf(range));
    this.requests = requests;
    this.key = key;
    this.etag = S3Objects.plain(pinned.etag());
    this.classify = classify;
  }

  @Override
  protected int receive(byte[] bytes, int offset, int most) throws IOException {
    try {
      return held != null || hold()
          ? copyHeld(bytes, offset, most)
          : requests.connection().read(ways -> once(ways, bytes, offset, most));
    } catch (IOException | RuntimeException failure) {
      throw classify.apply(failure);
    }
  }

  /** Takes the rest of a small range into memory; false where it has to come as a stream. */
  private boolean hold() throws IOException {
    if (body != null || held != null) {
      return false;
    }
    S3SmallObjects.Received received = requests.small().get(rest());
    if (received == null) {
      return false;
    }
    held = received;
    heldFrom = position();
    settle(received.etag());
    return true;
  }

  private int copyHeld(byte[] bytes, int offset, int most) {
    byte[] from = Objects.requireNonNull(held, "held").bytes();
    System.arraycopy(from, (int) (position() - heldFrom), bytes, offset, most);
    if (position() + most == end()) {
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

  private int once(S3Connection.Ways ways, byte[] bytes, int offset, int most) throws IOException {
    try {
      S3Body open = body;
      if (open == null) {
        open = open(ways);
        body = open;
      }
      int count = open.read(bytes, offset, most);
      if (count < 0) {
        throw endedEarly();
      }
      return count;
    } catch (IOException | RuntimeException failure) {
      abandon();
      throw failure;
    }
  }

  private S3RangeRequest rest() {
    return new S3RangeRequest(key, position(), end() - position(), etag);
  }

  private S3Body open(S3Connection.Ways ways) throws IOException {
    S3Body open = requests.large().get(ways, rest());
    try {
      settle(S3Objects.plain(open.header("ETag")));
    } catch (ChangedObjectException changed) {
      open.abort();
      throw changed;
    }
    return open;
  }

  @Override
  protected void abandon() {
    S3Body open = body;
    body = null;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  protected @Nullable InputStream answer() {
    return body;
  }

  @Override
  protected void finish(InputStream answer) throws IOException {
    answer.close();
    body = null;
  }

  @Override
  protected boolean holds(long target) {
    if (held == null) {
      return false;
    }
    if (target < heldFrom || target >= end()) {
      releaseHeld();
    }
    return true;
  }

  @Override
  public void close() {
    releaseHeld();
    super.close();
  }
}
