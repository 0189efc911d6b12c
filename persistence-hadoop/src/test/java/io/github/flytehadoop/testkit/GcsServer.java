/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A server that speaks the JSON API of GCS: fake-gcs-server, which Go installs once a machine. One
 * in memory for all tests of a JVM; one on disk for thousands of objects, since in memory each
 * upload costs it a copy of its list of all.
 *
 * <p>Where it differs from GCS: it has neither {@code moveTo} nor folders nor batches, which the
 * settings of any plain {@code http} endpoint switch off; it checks preconditions when an upload
 * ends, not when it starts; it knows no identities, so every caller may do everything.
 */
public final class GcsServer {
  private static final String VERSION = "v1.56.1";
  private static final Pattern REQUEST =
      Pattern.compile("\"((?:GET|HEAD|PUT|POST|DELETE|PATCH) [^ ]+) ");
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Installation INSTALLATION =
      new Installation(
          "fake-gcs-server-" + VERSION,
          "go",
          "fake-gcs-server",
          List.of("go", "install", "github.com/fsouza/fake-gcs-server@" + VERSION),
          Map.of("GOBIN", ".", "GOFLAGS", "-modcacherw"));

  private static final Pattern NAME = Pattern.compile("\"name\":\\s*\"([^\"]+)\"");
  private final ServerProcess process;

  private static final class Shared {
    static final GcsServer SERVER = start(List.of("-backend", "memory"));
  }

  private GcsServer(ServerProcess process) {
    this.process = process;
  }

  /** The server of this JVM. */
  public static GcsServer shared() {
    return Shared.SERVER;
  }

  /** Why there is no server on this machine, or empty when there is. */
  public static Optional<String> whyUnavailable() {
    return INSTALLATION.whyUnavailable();
  }

  /** A server of its own that keeps its objects in a directory. */
  public static GcsServer startOnDisk(Path directory) {
    return start(List.of("-backend", "filesystem", "-filesystem-root", directory.toString()));
  }

  private static GcsServer start(List<String> backend) {
    INSTALLATION
        .whyUnavailable()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    int port = ServerProcess.freePort();
    String address = "127.0.0.1:" + port;
    List<String> command = new ArrayList<>(List.of(INSTALLATION.file().toString()));
    command.addAll(backend);
    command.addAll(List.of("-scheme", "http", "-host", "127.0.0.1"));
    command.addAll(List.of("-port", Integer.toString(port)));
    // where the rest of a resumable upload is to be sent
    command.addAll(List.of("-external-url", "http://" + address, "-public-host", address));
    return new GcsServer(ServerProcess.start("gcs", port, command, Map.of()));
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + process.port());
  }

  /** What a user configures to reach it. */
  public DataConfig dataConfig() {
    return DataConfig.builder()
        .gcs(GCSConfig.builder().endpoint(uri().toString()).projectId("test").build())
        .build();
  }

  /** A new, empty bucket. */
  public String newBucket() {
    String bucket = "test-" + ProcessHandle.current().pid() + "-" + BUCKETS.incrementAndGet();
    call("POST", "/storage/v1/b?project=test", "{\"name\":\"" + bucket + "\"}");
    return bucket;
  }

  /** What it answers about an object: JSON, without the connector. */
  public String describe(String bucket, String urlEncodedKey) {
    return call("GET", "/storage/v1/b/" + bucket + "/o/" + urlEncodedKey, "");
  }

  /** The keys of a bucket that begin with a prefix, without the connector. */
  public List<String> keys(String bucket, String urlEncodedPrefix) {
    String listed = call("GET", "/storage/v1/b/" + bucket + "/o?prefix=" + urlEncodedPrefix, "");
    return NAME.matcher(listed).results().map(found -> found.group(1)).toList();
  }

  /** Stores an object under any key, without the connector. */
  public void putDirectly(String bucket, String urlEncodedKey, String content) {
    String upload = "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=";
    call("POST", upload + urlEncodedKey, content);
  }

  /** Every request so far, as method and target. */
  public List<String> requests() {
    return process.requests(REQUEST);
  }

  private String call(String method, String target, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve(target))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(method + " " + target + ": " + response.body());
      }
      return response.body();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
