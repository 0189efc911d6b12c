/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The two clients that the endpoint is tried with: the real S3A, and plain HTTP. */
final class S3Clients implements AutoCloseable {
  static final String BUCKET = "data";

  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=alice/20260101/us-east-1/s3/aws4_request, "
          + "SignedHeaders=host, Signature=0";

  final S3Endpoint endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  S3Clients() {
    endpoint = S3Endpoint.start();
    endpoint.createBucket(BUCKET);
  }

  @Override
  public void close() {
    endpoint.close();
  }

  /** The settings of an impatient S3A. */
  Configuration settings() {
    Configuration conf = new Configuration();
    conf.set("fs.s3a.endpoint", endpoint.uri().toString());
    conf.set("fs.s3a.endpoint.region", "us-east-1");
    conf.set("fs.s3a.cross.region.access.enabled", "false");
    conf.set("fs.s3a.path.style.access", "true");
    conf.set("fs.s3a.connection.ssl.enabled", "false");
    conf.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    conf.set("fs.s3a.access.key", "alice");
    conf.set("fs.s3a.secret.key", "alice-secret");
    conf.set("fs.s3a.input.stream.type", "classic");
    conf.set("fs.s3a.multipart.size", "5M");
    conf.set("fs.s3a.fast.upload.buffer", "bytebuffer");
    conf.set("fs.s3a.attempts.maximum", "0");
    conf.set("fs.s3a.retry.limit", "2");
    conf.set("fs.s3a.retry.interval", "10ms");
    conf.set("fs.s3a.retry.throttle.limit", "2");
    conf.set("fs.s3a.retry.throttle.interval", "10ms");
    conf.set("fs.s3a.connection.timeout", "2s");
    conf.set("hadoop.tmp.dir", System.getProperty("java.io.tmpdir"));
    return conf;
  }

  FileSystem s3a() throws IOException {
    return s3a(settings());
  }

  FileSystem s3a(Configuration conf) throws IOException {
    return FileSystem.newInstance(URI.create("s3a://" + BUCKET), conf);
  }

  HttpResponse<String> send(String method, String pathAndQuery, String body, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(method, pathAndQuery, body, headers), BodyHandlers.ofString());
  }

  /** Sends a GET and does not wait for the reply. */
  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return http.sendAsync(request("GET", path, ""), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String pathAndQuery, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.uri() + "/" + BUCKET + pathAndQuery))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", AUTHORIZATION);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** Makes the endpoint's faults this one rule. */
  FaultPlan strike(FaultRule rule) {
    FaultPlan plan = FaultPlan.of(rule);
    endpoint.faults(plan);
    return plan;
  }

  static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  static void write(FileSystem fs, Path path, byte[] content) throws IOException {
    try (FSDataOutputStream out = fs.create(path)) {
      out.write(content);
    }
  }

  static void write(FileSystem fs, String path, byte[] content) throws IOException {
    write(fs, new Path(path), content);
  }

  static byte[] read(FileSystem fs, Path path) throws IOException {
    try (FSDataInputStream in = fs.open(path)) {
      return in.readAllBytes();
    }
  }

  static byte[] read(FileSystem fs, String path) throws IOException {
    return read(fs, new Path(path));
  }
}
