/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.testkit.AtEnd;
import io.github.flytehadoop.testkit.FaultyFileSystem;
import io.github.flytehadoop.testkit.ForeignFileSystem;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.ScriptedLocalFileSystem;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.WebServer;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * What all programs of a JVM share: one of each server, started by the first program that needs it.
 * Each lets others go first at every step.
 */
final class Servers {
  static final String[] BUCKETS = {"one", "two"};

  /** Hadoop's defaults, which take long to read. */
  static final Configuration SETTINGS = new Configuration();

  private static final class Hdfs {
    static final FileSystem BEHIND = plainClient();
  }

  private static final class S3 {
    static final S3Endpoint ENDPOINT = S3Endpoint.start();

    static {
      AtEnd.stop(ENDPOINT::close);
      ENDPOINT.createBucket(BUCKETS[0]);
      ENDPOINT.createBucket(BUCKETS[1]);
    }
  }

  private static final class Web {
    static final WebServer SERVER = startWeb();
  }

  private Servers() {}

  private static FileSystem plainClient() {
    try {
      FileSystem client = MiniHdfs.shared().newFileSystem();
      AtEnd.stop(() -> org.apache.hadoop.io.IOUtils.closeStream(client));
      return client;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static WebServer startWeb() {
    try {
      WebServer server = new WebServer();
      AtEnd.stop(server::close);
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A client of the cluster that no script reaches. */
  static FileSystem hdfs() {
    return Hdfs.BEHIND;
  }

  static S3Endpoint s3() {
    return S3.ENDPOINT;
  }

  static WebServer web() {
    return Web.SERVER;
  }

  /** A new directory whose name shows nothing. */
  static Path directory() throws IOException {
    return Files.createDirectories(TestDirectories.scratch("simulated")).toRealPath();
  }

  /** From now on every store calls {@link Interleaving#step}. */
  static void listen() {
    ForeignFileSystem.script((step, path) -> Interleaving.now().step(kind(step)));
    FaultyFileSystem.script((step, path, position) -> Interleaving.now().step(kind(step)));
    ScriptedLocalFileSystem.script(path -> Interleaving.now().step("list"));
  }

  private static String kind(Enum<?> step) {
    return step.name().toLowerCase(Locale.ROOT);
  }

  /** What other stores would call a request. */
  static String kindOf(RequestKind request) {
    return switch (request) {
      case GET_OBJECT -> "read";
      case HEAD_OBJECT -> "status";
      case LIST, LIST_MULTIPART -> "list";
      case PUT_OBJECT, CREATE_MULTIPART -> "create";
      case COMPLETE_MULTIPART, COPY_OBJECT -> "rename";
      case DELETE_OBJECT, DELETE_OBJECTS, ABORT_MULTIPART -> "delete";
      default -> "write";
    };
  }

  /** A server of requests cuts the connection of one that is broken. */
  static void stepOfRequest(String kind) {
    try {
      Interleaving.now().step(kind);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static void heal() {
    ForeignFileSystem.heal();
    FaultyFileSystem.heal();
    ScriptedLocalFileSystem.heal();
  }
}
