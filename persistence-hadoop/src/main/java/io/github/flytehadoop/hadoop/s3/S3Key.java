/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.overlay.HadoopKey;
import java.util.List;

/** The S3A keys that this library sets, and those it knows to be secret. */
public enum S3Key implements HadoopKey {
  ENDPOINT("fs.s3a.endpoint", Kind.PLAIN, "URL of the store", "endpoint"),
  SSL_ENABLED("fs.s3a.connection.ssl.enabled", Kind.PLAIN, "TLS, as the URL says", "endpoint"),
  REGION("fs.s3a.endpoint.region", Kind.PLAIN, "region to sign for", "region", "endpoint"),
  CROSS_REGION(
      "fs.s3a.cross.region.access.enabled", Kind.PLAIN, "look for the bucket's region", "endpoint"),
  PATH_STYLE(
      "fs.s3a.path.style.access",
      Kind.PLAIN,
      "bucket in the path instead of the host name",
      "addressingStyle",
      "endpoint"),
  ACCESS_KEY("fs.s3a.access.key", Kind.SECRET, "static credentials", "accessKeyId"),
  SECRET_KEY("fs.s3a.secret.key", Kind.SECRET, "static credentials", "secretAccessKey"),
  SESSION_TOKEN("fs.s3a.session.token", Kind.SECRET, "temporary credentials", "sessionToken"),
  CREDENTIALS_PROVIDER(
      "fs.s3a.aws.credentials.provider",
      Kind.PLAIN,
      "where credentials come from",
      "accessKeyId",
      "secretAccessKey",
      "sessionToken"),
  DELEGATION_BINDING(
      "fs.s3a.delegation.token.binding", Kind.PLAIN, "delegation tokens, off for anonymous access"),
  SDK_RETRIES("fs.s3a.attempts.maximum", Kind.PLAIN, "retries inside the SDK", "retries"),
  RETRY_LIMIT("fs.s3a.retry.limit", Kind.PLAIN, "retries of S3A", "retries"),
  RETRY_INTERVAL("fs.s3a.retry.interval", Kind.PLAIN, "first wait", "backoff", "retries"),
  THROTTLE_LIMIT(
      "fs.s3a.retry.throttle.limit", Kind.PLAIN, "retries of a throttled call", "retries"),
  THROTTLE_INTERVAL(
      "fs.s3a.retry.throttle.interval",
      Kind.PLAIN,
      "first wait of a throttled call",
      "backoff",
      "retries"),
  S3A_IMPL("fs.s3a.impl", Kind.PLAIN, "file system of s3a://"),
  S3_IMPL("fs.s3.impl", Kind.PLAIN, "file system of s3://"),
  S3N_IMPL("fs.s3n.impl", Kind.PLAIN, "file system of s3n://"),
  S3A_ABSTRACT("fs.AbstractFileSystem.s3a.impl", Kind.PLAIN, "FileContext of s3a://"),
  S3_ABSTRACT("fs.AbstractFileSystem.s3.impl", Kind.PLAIN, "FileContext of s3://"),
  S3N_ABSTRACT("fs.AbstractFileSystem.s3n.impl", Kind.PLAIN, "FileContext of s3n://"),
  S3_COMMITTER(
      "mapreduce.outputcommitter.factory.scheme.s3", Kind.PLAIN, "job committers of s3://"),
  S3N_COMMITTER(
      "mapreduce.outputcommitter.factory.scheme.s3n", Kind.PLAIN, "job committers of s3n://"),
  S3A_UNCACHED("fs.s3a.impl.disable.cache", Kind.PLAIN, "instances belong to this library"),
  S3_UNCACHED("fs.s3.impl.disable.cache", Kind.PLAIN, "instances belong to this library"),
  S3N_UNCACHED("fs.s3n.impl.disable.cache", Kind.PLAIN, "instances belong to this library"),
  INPUT_STREAM("fs.s3a.input.stream.type", Kind.PLAIN, "one GET a stream, never stale data"),
  PERFORMANCE_FLAGS("fs.s3a.performance.flags", Kind.PLAIN, "no probes before a write"),
  DELETE_PAGE(
      "fs.s3a.bulk.delete.page.size", Kind.PLAIN, "as many deletions a request as S3 takes"),
  MULTIPART_SIZE("fs.s3a.multipart.size", Kind.PLAIN, "bytes of a part of an upload"),
  UPLOAD_BUFFER("fs.s3a.fast.upload.buffer", Kind.PLAIN, "where parts wait for their upload"),
  CHECKSUM_ALGORITHM(
      "fs.s3a.create.checksum.algorithm",
      Kind.PLAIN,
      "Amazon compares what arrived with what was sent"),
  INTERCEPTORS(
      "fs.s3a.audit.execution.interceptors",
      Kind.PLAIN,
      "checks answers and listings, sends content headers, paces requests"),
  IDLE_TIMEOUT(
      "fs.s3a.connection.timeout",
      Kind.PLAIN,
      "a connection without a byte for so long is given up"),
  EXPECT_CONTINUE(
      "fs.s3a.connection.expect.continue", Kind.PLAIN, "a round trip less for each PUT"),
  CHANGE_DETECTION(
      "fs.s3a.change.detection.mode", Kind.PLAIN, "the store refuses a changed object"),
  USER_AGENT("fs.s3a.user.agent.prefix", Kind.PLAIN, "who asks, in the store's logs"),
  CLASSLOADER_ISOLATION(
      "fs.s3a.classloader.isolation", Kind.PLAIN, "classes of the application are found"),
  ENCRYPTION_KEY("fs.s3a.encryption.key", Kind.SECRET, "server- or client-side encryption"),
  LEGACY_ENCRYPTION_KEY(
      "fs.s3a.server-side-encryption.key", Kind.SECRET, "server-side encryption, old name"),
  PROXY_PASSWORD("fs.s3a.proxy.password", Kind.SECRET, "proxy");

  private final String key;
  private final Kind kind;
  private final String purpose;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable list
  private final List<String> components;

  S3Key(String key, Kind kind, String purpose, String... components) {
    this.key = key;
    this.kind = kind;
    this.purpose = purpose;
    this.components = List.of(components);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String purpose() {
    return purpose;
  }

  @Override
  public List<String> components() {
    return components.stream().map("S3Config."::concat).toList();
  }

  /** The spelling of this key for one bucket, which wins over the plain one. */
  public String forBucket(String bucket) {
    return "fs.s3a.bucket." + bucket + key.substring("fs.s3a".length());
  }
}
