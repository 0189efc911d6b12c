/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.RereadableSource;
import io.github.flytehadoop.store.s3.request.S3Objects;
import io.github.flytehadoop.store.s3.request.S3RequestBody;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The way of one source to S3 without a copy in memory: one PUT, or parts of which a few are on
 * their way at once. Belongs to one thread.
 */
final class S3DirectUpload {

  private final S3Requests requests;
  private final String key;
  private final S3WriteHeaders headers;
  private final RereadableSource source;
  private final S3PartSenders senders;
  private List<CompletedPart> parts = new ArrayList<>();
  private @Nullable S3Pending upload;
  private @Nullable String etag;

  S3DirectUpload(S3Requests requests, String key, S3WriteHeaders headers, RereadableSource source) {
    this.requests = requests;
    this.key = key;
    this.headers = headers;
    this.senders = new S3PartSenders(requests.partsInFlight());
    this.source = source;
  }

  /** That of the object, once it is visible; null where S3 did not say. */
  @Nullable String etag() {
    return S3Objects.plain(etag);
  }

  long lengthBytes() {
    return source.lengthBytes();
  }

  /** Sends what can be sent before the end: all parts, or nothing of a file that is one PUT. */
  void send(long partBytes) throws IOException {
    if (lengthBytes() > partBytes) {
      S3Pending begun = S3Pending.begin(requests, key, headers);
      upload = begun;
      sendParts(begun, partBytes);
    }
  }

  private void sendParts(S3Pending begun, long partBytes) throws IOException {
    int count = Math.toIntExact((lengthBytes() + partBytes - 1) / partBytes);
    try {
      for (int part = 0; part < count && !senders.isStopped(); part++) {
        int number = part + 1;
        long offset = part * partBytes;
        long bytes = Math.min(partBytes, lengthBytes() - offset);
        ByteRange range = new ByteRange(offset, bytes);
        senders.send(() -> sendPart(begun, number, range));
      }
    } finally {
      parts = senders.await();
    }
  }

  private CompletedPart sendPart(S3Pending begun, int number, ByteRange range) throws IOException {
    try (S3RequestBody body = new S3RequestBody(new Stopping(), range)) {
      try {
        return begun.send(number, body);
      } catch (IOException | RuntimeException failure) {
        senders.stop();
        body.refuseFailed();
        throw failure;
      }
    }
  }

  /** Makes it visible. */
  void publish() throws IOException {
    S3Pending begun = upload;
    if (begun != null) {
      etag = begun.complete(parts);
      return;
    }
    try (S3RequestBody body = new S3RequestBody(source, new ByteRange(0, lengthBytes()))) {
      try {
        etag = requests.put(key, headers, body);
      } catch (IOException | RuntimeException failure) {
        body.refuseFailed();
        throw failure;
      }
    }
  }

  void abort() throws IOException {
    S3Pending begun = upload;
    upload = null;
    if (begun != null) {
      begun.abort();
    }
  }

  /** The source, until a part has failed. */
  private final class Stopping implements RereadableSource {
    @Override
    public long lengthBytes() {
      return source.lengthBytes();
    }

    @Override
    public InputStream open(ByteRange range) throws IOException {
      refuseWhenStopped();
      return new FilterInputStream(source.open(range)) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          refuseWhenStopped();
          return in.read(bytes, offset, length);
        }
      };
    }

    private void refuseWhenStopped() throws IOException {
      if (senders.isStopped()) {
        throw new S3PartSenders.Stopped();
      }
    }
  }
}
