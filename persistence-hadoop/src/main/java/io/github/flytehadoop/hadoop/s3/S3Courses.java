/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Where the requests to one bucket go, and how their bodies are signed, as the store's answers
 * teach: the bucket's region, a temporary redirect, a body that must not be signed chunk by chunk.
 * Thread-safe.
 */
final class S3Courses {
  private static final Logger LOG = LoggerFactory.getLogger(S3Courses.class);

  private static final Set<String> CHUNKS_REFUSED =
      Set.of("NotImplemented", "XAmzContentSHA256Mismatch", "MissingContentLength");

  /**
   * Where a request goes, and how its body is signed.
   *
   * @param detour of a redirect, or null
   */
  record Course(@Nullable URI detour, SdkClients.Chunks how) {}

  private final String bucket;
  private volatile S3Address address;
  private volatile SdkClients.Chunks chunks = SdkClients.Chunks.SIGNED;

  S3Courses(String bucket, S3Address address) {
    this.bucket = bucket;
    this.address = address;
  }

  /** That of a request which was not sent yet. */
  Course first() {
    return new Course(null, chunks);
  }

  S3Address address(Course course) {
    return course.detour == null ? address : address.at(course.detour);
  }

  /** Remembers how a body was signed that the store has taken. */
  void taken(Course course) {
    chunks = course.how;
  }

  /** The course that an answer asks for, or null when it asks for none. */
  @Nullable Course another(
      Course course, AwsServiceException told, S3Address where, boolean chunked) {
    if (movesTo(told, where)) {
      return course;
    }
    if (chunked && course.how == SdkClients.Chunks.SIGNED && refusesChunks(told, where)) {
      return new Course(course.detour, SdkClients.Chunks.NONE);
    }
    URI elsewhere = course.detour == null ? redirect(told, where) : null;
    return elsewhere == null ? null : new Course(elsewhere, course.how);
  }

  /** The code of an error, or nothing. */
  static String codeOf(AwsServiceException told) {
    return told.awsErrorDetails() == null
        ? ""
        : Optional.ofNullable(told.awsErrorDetails().errorCode()).orElse("");
  }

  /** Takes over the region that an answer names, if it is another. */
  private boolean movesTo(AwsServiceException told, S3Address asked) {
    String region = header(told, "x-amz-bucket-region").orElse(asked.region());
    boolean wrong = told.statusCode() == 301 || told.statusCode() == 400;
    if (!wrong || region.equals(asked.region())) {
      return false;
    }
    LOG.debug("The bucket {} is in {}", bucket, region);
    address = asked.in(region);
    return true;
  }

  private static Optional<String> header(AwsServiceException told, String name) {
    return told.awsErrorDetails() == null || told.awsErrorDetails().sdkHttpResponse() == null
        ? Optional.empty()
        : told.awsErrorDetails().sdkHttpResponse().firstMatchingHeader(name);
  }

  /** Whether a store may only mind that the body was signed chunk by chunk. */
  private static boolean refusesChunks(AwsServiceException told, S3Address where) {
    return !where.isSecure()
        && (told.statusCode() == 501
            || told.statusCode() == 411
            || CHUNKS_REFUSED.contains(codeOf(told)));
  }

  /** Where a temporary redirect leads, without the bucket; never from TLS to none. */
  private @Nullable URI redirect(AwsServiceException told, S3Address asked) {
    String location = told.statusCode() == 307 ? header(told, "Location").orElse("") : "";
    if (location.isEmpty()) {
      return null;
    }
    URI target;
    try {
      target = URI.create(location);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    if (target.getHost() == null || (asked.isSecure() && !"https".equals(target.getScheme()))) {
      return null;
    }
    String host = target.getHost();
    String prefix = bucket + ".";
    boolean named = asked.style() == S3Address.Style.HOST && host.startsWith(prefix);
    String port = target.getPort() < 0 ? "" : ":" + target.getPort();
    return URI.create(
        target.getScheme() + "://" + (named ? host.substring(prefix.length()) : host) + port);
  }
}
