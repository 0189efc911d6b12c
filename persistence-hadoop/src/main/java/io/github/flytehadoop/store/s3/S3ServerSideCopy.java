/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.store.s3.request.S3Objects;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Copies that S3 makes itself: one request a file, or one a part above the size that it copies at
 * once. The version that was listed is named, so that another is refused.
 */
final class S3ServerSideCopy {
  /** A Hadoop key: bytes above which a file is copied in parts. Amazon allows 5 GiB. */
  static final String LIMIT = "flyte.s3.copy.limit.bytes";

  /** A Hadoop key: bytes of such a part. */
  static final String PART = "flyte.s3.copy.part.bytes";

  private static final long MOST_AT_ONCE = 5L << 30;
  private static final long USUAL_PART = 512L << 20;
  private static final Duration CLOCKS = Duration.ofMinutes(20);

  /** The sizes of copies. */
  record Limits(long mostAtOnce, long partBytes) {
    static Limits of(Configuration conf) {
      return new Limits(conf.getLong(LIMIT, MOST_AT_ONCE), conf.getLong(PART, USUAL_PART));
    }
  }

  private final S3Requests requests;
  private final Limits limits;

  S3ServerSideCopy(S3Requests requests, Limits limits) {
    this.requests = requests;
    this.limits = limits;
  }

  ServerSideCopy.CopyMode copyMode(ServerSideCopy.CopySource original) {
    if (!(original.store() instanceof S3Store other)
        || !requests
            .connection()
            .settings()
            .isSameIdentity(other.requests().connection().settings())
        || original.pinned().lengthBytes() < 0) {
      return ServerSideCopy.CopyMode.NONE;
    }
    return original.pinned().lengthBytes() <= limits.mostAtOnce()
        ? ServerSideCopy.CopyMode.WHOLE
        : ServerSideCopy.CopyMode.PARTS;
  }

  long partBytes() {
    return limits.partBytes();
  }

  /** One request; null when the store does not allow or know it. */
  @Nullable Proof whole(
      ServerSideCopy.CopySource original, Location to, String target, WriteOptions options)
      throws IOException {
    Instant started = Instant.now();
    try {
      requests.copy(
          request(original, target, options),
          options.existing() == WriteOptions.Existing.REFUSE
              ? Map.of("If-None-Match", "*")
              : Map.of());
      return Proof.LENGTH;
    } catch (IOException | RuntimeException failure) {
      return resolve(original, to, target, failure, started);
    }
  }

  /** All or nothing: S3 keeps what the original has, or takes what the request says instead. */
  private static CopyObjectRequest.Builder request(
      ServerSideCopy.CopySource original, String target, WriteOptions options) throws IOException {
    CopyObjectRequest.Builder copy =
        CopyObjectRequest.builder()
            .sourceBucket(store(original).requests().bucket())
            .sourceKey(S3KeyConstraints.key(original.at()))
            .destinationKey(target)
            .copySourceIfMatch(S3Objects.quoted(original.pinned().etag()));
    if (options.metadata().isEmpty()) {
      return copy.metadataDirective(MetadataDirective.COPY);
    }
    ContentHeaders content = ContentHeaders.of(options.metadata());
    return copy.metadataDirective(MetadataDirective.REPLACE)
        .metadata(S3WriteHeaders.encoded(content.user()))
        .contentType(content.get(ContentHeaders.TYPE))
        .contentEncoding(content.get(ContentHeaders.ENCODING))
        .contentLanguage(content.get(ContentHeaders.LANGUAGE))
        .contentDisposition(content.get(ContentHeaders.DISPOSITION))
        .cacheControl(content.get(ContentHeaders.CACHE_CONTROL));
  }

  private static S3Store store(ServerSideCopy.CopySource original) {
    return (S3Store) original.store();
  }

  /** A refusal of a condition does not say of which: the source is asked, then the target. */
  private @Nullable Proof resolve(
      ServerSideCopy.CopySource original,
      Location to,
      String target,
      Exception failure,
      Instant started)
      throws IOException {
    FailureKind kind = HadoopFailures.kindOf(failure, FailureKind.CONFLICT);
    if (kind == FailureKind.ACCESS_DENIED || kind == FailureKind.UNSUPPORTED) {
      return null;
    }
    if (kind == FailureKind.CONFLICT) {
      Attributes now = original.store().stat(original.at());
      if (!Objects.equals(now.etag(), original.pinned().etag())) {
        throw HadoopFailures.ofRead("copy", original.at(), failure);
      }
      if (isThere(original, target, started)) {
        return Proof.LENGTH;
      }
      throw HadoopFailures.of("write", to, failure);
    }
    throw kind == FailureKind.NOT_FOUND
        ? HadoopFailures.ofRead("copy", original.at(), failure)
        : HadoopFailures.of("copy to", to, failure);
  }

  /** Whether an earlier try of this request made it, whose answer was lost (F21). */
  private boolean isThere(ServerSideCopy.CopySource original, String target, Instant started)
      throws IOException {
    Attributes attributes = S3Objects.file(requests.head(target));
    return attributes.lengthBytes() == original.pinned().lengthBytes()
        && Objects.equals(attributes.etag(), original.pinned().etag())
        && attributes.modified().isAfter(started.minus(CLOCKS));
  }

  /** The answer names the etag that the part has. */
  UploadedPart part(
      ServerSideCopy.CopySource original, MultipartUpload upload, Part part, String target)
      throws IOException {
    try {
      var answer =
          requests.copyPart(
              UploadPartCopyRequest.builder()
                  .sourceBucket(store(original).requests().bucket())
                  .sourceKey(S3KeyConstraints.key(original.at()))
                  .destinationKey(target)
                  .uploadId(upload.id())
                  .partNumber(part.number())
                  .copySourceRange(
                      "bytes=" + part.offset() + "-" + (part.offset() + part.lengthBytes() - 1))
                  .copySourceIfMatch(S3Objects.quoted(original.pinned().etag())));
      return new UploadedPart(
          part.number(), part.lengthBytes(), answer.copyPartResult().eTag(), UploadedPart.UNKNOWN);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("copy", original.at(), failure);
    }
  }
}
