/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.multipart.CopyingStore;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/**
 * Copies that S3 makes itself: one request a file, or one a part above the size that it copies at
 * once. The version that was listed is named, so that another is refused.
 */
final class S3Copies {
  /** A Hadoop key: bytes above which a file is copied in parts. Amazon allows 5 GiB. */
  static final String LIMIT = "flyte.s3.copy.limit.bytes";

  /** A Hadoop key: bytes of such a part. */
  static final String PART = "flyte.s3.copy.part.bytes";

  private static final long MOST_AT_ONCE = 5L << 30;
  private static final long USUAL_PART = 512L << 20;
  private static final Duration CLOCKS = Duration.ofMinutes(20);

  /** What has to be equal for the owner of one bucket to be known in the other. */
  private static final List<String> IDENTITY =
      List.of(
          "fs.s3a.endpoint",
          "fs.s3a.endpoint.region",
          "fs.s3a.access.key",
          "fs.s3a.secret.key",
          "fs.s3a.session.token",
          "fs.s3a.aws.credentials.provider",
          "fs.s3a.assumed.role.arn",
          "fs.s3a.delegation.token.binding",
          "fs.s3a.encryption.algorithm",
          "fs.s3a.server-side-encryption-algorithm",
          "fs.s3a.encryption.key",
          "fs.s3a.server-side-encryption.key",
          "hadoop.security.credential.provider.path",
          "fs.s3a.security.credential.provider.path");

  private final S3Requests requests;
  private final S3AFileSystem fileSystem;

  S3Copies(S3Requests requests) {
    this.requests = requests;
    this.fileSystem = requests.fileSystem();
  }

  CopyingStore.Way wayOf(CopyingStore.Original original) {
    if (!(original.store() instanceof S3Store other)
        || !(other.fileSystem() instanceof S3AFileSystem from)
        || !isSameIdentity(from)
        || original.pinned().lengthBytes() < 0) {
      return CopyingStore.Way.NONE;
    }
    if (original.pinned().lengthBytes() <= limit()) {
      return CopyingStore.Way.WHOLE;
    }
    // the key of SSE-C would have to be sent with each part
    return hasCustomerKey() ? CopyingStore.Way.NONE : CopyingStore.Way.PARTS;
  }

  private boolean hasCustomerKey() {
    String old = fileSystem.getConf().getTrimmed("fs.s3a.server-side-encryption-algorithm", "");
    return fileSystem
        .getConf()
        .getTrimmed("fs.s3a.encryption.algorithm", old)
        .equalsIgnoreCase("SSE-C");
  }

  private boolean isSameIdentity(S3AFileSystem other) {
    Configuration mine = fileSystem.getConf();
    Configuration theirs = other.getConf();
    return IDENTITY.stream().allMatch(key -> Objects.equals(mine.get(key), theirs.get(key)));
  }

  private long limit() {
    return fileSystem.getConf().getLong(LIMIT, MOST_AT_ONCE);
  }

  long partBytes() {
    return fileSystem.getConf().getLong(PART, USUAL_PART);
  }

  /** One request; null when the store does not allow or know it. */
  @Nullable Proof whole(
      CopyingStore.Original original, Location to, Path target, WriteOptions options)
      throws IOException {
    Instant started = Instant.now();
    try {
      requests.call(
          "copy",
          requests.key(target),
          client -> {
            requests.countCopy();
            return client.copyObject(request(original, target, options));
          });
      return Proof.LENGTH;
    } catch (IOException | RuntimeException failure) {
      return resolve(original, to, target, failure, started);
    }
  }

  private CopyObjectRequest request(
      CopyingStore.Original original, Path target, WriteOptions options) throws IOException {
    CopyObjectRequest.Builder copy =
        fileSystem
            .getRequestFactory()
            .newCopyObjectRequestBuilder(
                requests.key(path(original)),
                requests.key(target),
                HeadObjectResponse.builder().build())
            .sourceBucket(bucket(original))
            .copySourceIfMatch(original.pinned().etag());
    String storageClass = fileSystem.getConf().getTrimmed("fs.s3a.create.storage.class", "");
    if (!storageClass.isEmpty()) {
      copy.storageClass(storageClass.toUpperCase(Locale.ROOT));
    }
    if (options.existing() == WriteOptions.Existing.REFUSE) {
      AwsRequestOverrideConfiguration audited =
          copy.build()
              .overrideConfiguration()
              .orElse(AwsRequestOverrideConfiguration.builder().build());
      copy.overrideConfiguration(audited.toBuilder().putHeader("If-None-Match", "*").build());
    }
    return describe(copy, options.metadata()).build();
  }

  /** All or nothing: S3 keeps what the original has, or takes what the request says instead. */
  private static CopyObjectRequest.Builder describe(
      CopyObjectRequest.Builder copy, Map<String, String> metadata) {
    if (metadata.isEmpty()) {
      return copy.metadataDirective(MetadataDirective.COPY).metadata(Map.of());
    }
    ContentHeaders headers = ContentHeaders.of(metadata);
    copy.metadataDirective(MetadataDirective.REPLACE).metadata(headers.user());
    headers.headers().forEach((name, value) -> describe(copy, name, value));
    return copy;
  }

  private static void describe(CopyObjectRequest.Builder copy, String name, String value) {
    switch (name) {
      case ContentHeaders.TYPE -> copy.contentType(value);
      case ContentHeaders.ENCODING -> copy.contentEncoding(value);
      case ContentHeaders.LANGUAGE -> copy.contentLanguage(value);
      case ContentHeaders.DISPOSITION -> copy.contentDisposition(value);
      default -> copy.cacheControl(value);
    }
  }

  private static Path path(CopyingStore.Original original) throws IOException {
    return ((S3Store) original.store()).path(original.at());
  }

  private static String bucket(CopyingStore.Original original) {
    return ((S3AFileSystem) ((S3Store) original.store()).fileSystem()).getBucket();
  }

  /** A refusal of a condition does not say of which: the source is asked, then the target. */
  private @Nullable Proof resolve(
      CopyingStore.Original original, Location to, Path target, Exception failure, Instant started)
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
  private boolean isThere(CopyingStore.Original original, Path target, Instant started)
      throws IOException {
    Attributes attributes = HadoopStore.attributes(fileSystem.getFileStatus(target));
    return attributes.lengthBytes() == original.pinned().lengthBytes()
        && Objects.equals(attributes.etag(), original.pinned().etag())
        && attributes.modified().isAfter(started.minus(CLOCKS));
  }

  /** The answer names the etag that the part has. */
  SentPart part(CopyingStore.Original original, PartedUpload upload, Part part, Path target)
      throws IOException {
    UploadPartCopyRequest request =
        UploadPartCopyRequest.builder()
            .sourceBucket(bucket(original))
            .sourceKey(requests.key(path(original)))
            .destinationBucket(fileSystem.getBucket())
            .destinationKey(requests.key(target))
            .uploadId(upload.id())
            .partNumber(part.number())
            .copySourceRange(
                "bytes=" + part.offset() + "-" + (part.offset() + part.lengthBytes() - 1))
            .copySourceIfMatch(original.pinned().etag())
            .build();
    try {
      var answer =
          requests.call(
              "copy part",
              requests.key(target),
              client -> {
                requests.countCopy();
                return client.uploadPartCopy(request);
              });
      return new SentPart(
          part.number(), part.lengthBytes(), answer.copyPartResult().eTag(), SentPart.UNKNOWN);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("copy", original.at(), failure);
    }
  }
}
