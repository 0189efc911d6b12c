/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.Storage;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.hadoop.RangeInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.jspecify.annotations.Nullable;

/** The bytes of one version of an object. Nothing is asked for before the first byte is. */
final class GcsRead extends RangeInputStream {
  private static final int PARTIAL = 206;
  private static final String GENERATION = "x-goog-generation";

  private record Answer(HttpResponse response, InputStream bytes) {}

  private final GcsRequests requests;
  private final String key;
  private final Function<Throwable, TransferException> classify;
  private @Nullable Long generation;
  private @Nullable Answer open;

  /**
   * A range of an object whose length is known.
   *
   * @param pinned length and generation; without that the first answer tells it
   */
  GcsRead(
      GcsRequests requests,
      String key,
      Attributes pinned,
      ByteRange range,
      Function<Throwable, TransferException> classify) {
    super(pinned.lengthBytes(), range.offset(), endOf(range));
    this.requests = requests;
    this.key = key;
    this.generation = pinned.etag() == null ? null : Long.valueOf(pinned.etag());
    this.classify = classify;
  }

  @Override
  protected int receive(byte[] bytes, int offset, int most) throws IOException {
    try {
      return again(bytes, offset, most);
    } catch (IOException | RuntimeException failure) {
      abandon();
      throw classify.apply(failure);
    }
  }

  /** What breaks off goes on where it was, as often as a request may be sent again. */
  private int again(byte[] bytes, int offset, int most) throws IOException {
    for (int tries = 1; ; tries++) {
      Answer answer =
          open == null ? requests.connection().call(requests.bucket(), this::ask) : open;
      open = answer;
      try {
        GcsConnection.requireUninterrupted();
        int count = answer.bytes.read(bytes, offset, most);
        if (count >= 0) {
          return count;
        }
        throw endedEarly();
      } catch (IOException | RuntimeException broken) {
        abandon();
        requests.connection().pauseOrThrow(broken, tries);
      }
    }
  }

  private Answer ask(Storage client) throws IOException {
    HttpResponse response =
        requests.read(client, new GcsRequests.Version(key, generation), position(), end());
    InputStream bytes = response.getContent();
    if (bytes == null) {
      throw new EOFException("the answer has no bytes");
    }
    try {
      settle(response);
      return new Answer(response, bytes);
    } catch (IOException | RuntimeException failure) {
      GcsConnection.giveUp(response, bytes);
      throw failure;
    }
  }

  /** Pins the version that answered; refuses another, and bytes from elsewhere in it (F07). */
  private void settle(HttpResponse response) throws IOException {
    String range = String.valueOf(response.getHeaders().getContentRange());
    boolean asked =
        response.getStatusCode() == PARTIAL
            ? range.startsWith("bytes " + position() + "-")
            : position() == 0;
    if (!asked) {
      throw new IOException("the store sent another range than it was asked for");
    }
    String found = response.getHeaders().getFirstHeaderStringValue(GENERATION);
    if (found != null) {
      Long version = Long.valueOf(found);
      if (generation != null && !generation.equals(version)) {
        throw new InvalidPathHandleException("another version replaced it");
      }
      generation = version;
    }
  }

  @Override
  protected @Nullable InputStream answer() {
    Answer answer = open;
    return answer == null ? null : answer.bytes;
  }

  @Override
  protected void finish(InputStream answer) throws IOException {
    answer.close();
    open = null;
  }

  @Override
  protected void abandon() {
    Answer answer = open;
    open = null;
    if (answer != null) {
      try {
        GcsConnection.giveUp(answer.response, answer.bytes);
      } catch (IOException broken) {
        // it is given up in any case
      }
    }
  }
}
