/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.store.s3.request.S3RequestBody;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** An upload that has begun, and is to be completed or aborted. */
final class S3Pending {
  private static final Logger LOG = LoggerFactory.getLogger(S3Pending.class);

  /** Stores name whole seconds. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final S3Requests requests;
  private final String key;
  private final S3WriteHeaders headers;
  private final String id;

  private S3Pending(S3Requests requests, String key, S3WriteHeaders headers, String id) {
    this.requests = requests;
    this.key = key;
    this.headers = headers;
    this.id = id;
  }

  /**
   * Begins an upload. Where an answer was lost, so that an upload may be pending whose id nobody
   * knows, that upload is looked for and aborted (F95).
   */
  static S3Pending begin(S3Requests requests, String key, S3WriteHeaders headers)
      throws IOException {
    Instant start = Instant.now();
    AtomicBoolean lost = new AtomicBoolean();
    String id = "";
    try {
      id = requests.begin(key, headers, () -> lost.set(true));
      return new S3Pending(requests, key, headers, id);
    } finally {
      if (lost.get()) {
        String currentId = id;
        Uninterruptibles.run(() -> abortUnknown(requests, key, currentId, start));
      }
    }
  }

  /**
   * Aborts uploads without parts that were begun for this key while this one was. Looks once: the
   * key is all that tells whose they are, and later there may be one of another writer.
   */
  private static void abortUnknown(S3Requests requests, String key, String known, Instant start) {
    try {
      List<MultipartUpload> pending =
          requests.uploads(ListMultipartUploadsRequest.builder().prefix(key)).uploads();
      Instant ours =
          pending.stream()
              .filter(upload -> upload.uploadId().equals(known))
              .findFirst()
              .map(MultipartUpload::initiated)
              .orElseGet(Instant::now);
      Instant since = ours.minus(Duration.between(start, Instant.now())).minus(TOLERANCE);
      for (MultipartUpload upload : pending) {
        boolean candidate = upload.key().equals(key) && !upload.uploadId().equals(known);
        if (candidate
            && upload.initiated() != null
            && upload.initiated().isAfter(since)
            && requests.parts(key, upload.uploadId(), null).parts().isEmpty()) {
          requests.abort(key, upload.uploadId());
        }
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("An upload to {} may be pending: {}", key, RootCause.why(failure));
    }
  }

  String id() {
    return id;
  }

  CompletedPart send(int number, S3RequestBody body) throws IOException {
    return requests.part(key, id, number, body);
  }

  @Nullable String complete(List<CompletedPart> parts) throws IOException {
    return requests.complete(key, id, parts, headers);
  }

  void abort() throws IOException {
    requests.abort(key, id);
  }
}
