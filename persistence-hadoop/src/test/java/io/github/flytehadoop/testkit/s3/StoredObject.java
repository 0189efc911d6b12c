/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An object, or a part of one to be.
 *
 * @param etag without its quotes
 * @param headers the content and user metadata headers, by lower-case name
 * @param checksums the checksum headers, by lower-case name
 */
record StoredObject(
    Content content,
    String etag,
    Instant lastModified,
    Map<String, String> headers,
    Map<String, String> checksums) {
  static final String USER_METADATA = "x-amz-meta-";

  /** Of the key that an object is encrypted with, which whoever reads it has to send again. */
  static final String CUSTOMER_KEY = "x-amz-server-side-encryption-customer-key-md5";

  private static final Set<String> CONTENT_HEADERS =
      Set.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires",
          "x-amz-storage-class",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          CUSTOMER_KEY);

  static StoredObject of(
      Content content, Map<String, String> headers, Map<String, String> checksums) {
    return of(content, Checksums.hex(Checksums.digest("MD5", content)), headers, checksums);
  }

  static StoredObject of(
      Content content, String etag, Map<String, String> headers, Map<String, String> checksums) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new StoredObject(content, etag, now, Map.copyOf(headers), Map.copyOf(checksums));
  }

  /** The headers of a request that stay with the object. */
  static Map<String, String> headersOf(S3Request request) {
    Map<String, String> kept =
        new TreeMap<>(
            request.headers(
                name -> name.startsWith(USER_METADATA) || CONTENT_HEADERS.contains(name)));
    kept.computeIfPresent("content-encoding", (name, value) -> withoutChunking(value));
    kept.values().removeIf(String::isEmpty);
    kept.putIfAbsent("content-type", "binary/octet-stream");
    return kept;
  }

  String quotedEtag() {
    return "\"" + etag + "\"";
  }

  /** Refuses a request that lacks the key of the user that the object is encrypted with. */
  void checkKey(S3Request request, String header) {
    String key = headers.getOrDefault(CUSTOMER_KEY, "");
    if (!request.header(header).orElse("").equals(key)) {
      throw new S3Error(400, "InvalidRequest", "The object was stored with another encryption key");
    }
  }

  /** Whether a condition header names this object: its etag, quoted or not, or a star. */
  boolean matches(String condition) {
    return condition.equals("*") || condition.replace("\"", "").equals(etag);
  }

  String httpDate() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(lastModified.atOffset(ZoneOffset.UTC));
  }

  private static String withoutChunking(String encoding) {
    return encoding.replaceFirst("^aws-chunked,?\\s*", "").replaceFirst(",\\s*aws-chunked$", "");
  }
}
