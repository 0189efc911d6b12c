/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Runs the common verbs once, so that {@code bin/flyte-data} can archive the classes that they need
 * and start in half the time. Their store is a few lines in this process: nobody else is talked to.
 */
public final class WarmUp {
  private static final byte[] CONTENT = "warm".getBytes(StandardCharsets.UTF_8);
  private static final int OK = 200;
  private static final String ETAG = "\"a957a3153eb7126b1c5f8b6aac35de53\"";
  private static final String LISTING =
      """
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>warm</Name>\
      <Prefix>up/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false\
      </IsTruncated><Contents><Key>up/file</Key><LastModified>2020-01-01T00:00:00.000Z\
      </LastModified><ETag>"a957a3153eb7126b1c5f8b6aac35de53"</ETag><Size>4</Size><StorageClass>STANDARD</StorageClass></Contents>\
      </ListBucketResult>""";

  private WarmUp() {}

  /** Works below the directory that is named, and ends the process. */
  public static void main(String[] args) throws IOException {
    System.exit(run(Path.of(args[0])));
  }

  /** The first exit code that is not 0, or 0. */
  static int run(Path directory) throws IOException {
    HttpServer store =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext("/", WarmUp::answer);
    store.start();
    try {
      Map<String, String> environment =
          Map.of(
              "HOME",
              directory.toString(),
              "FLYTE_AWS_ENDPOINT",
              "http://127.0.0.1:" + store.getAddress().getPort(),
              "FLYTE_AWS_ACCESS_KEY_ID",
              "none",
              "FLYTE_AWS_SECRET_ACCESS_KEY",
              "none");
      shakeHands();
      return verbs(environment, directory);
    } finally {
      store.stop(0);
    }
  }

  /**
   * Java's TLS, as far as it goes without a certificate: a server that has none refuses every
   * suite, or hangs up before the client has heard it.
   */
  private static void shakeHands() {
    ServerSocketFactory servers = SSLServerSocketFactory.getDefault();
    try (ServerSocket server = servers.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      new Thread(() -> refuse(server)).start();
      try (Socket client =
          SSLSocketFactory.getDefault()
              .createSocket(server.getInetAddress(), server.getLocalPort())) {
        client.getOutputStream().write(CONTENT);
      }
    } catch (IOException refused) {
      // as it has to be
    }
  }

  private static void refuse(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().read();
    } catch (IOException refused) {
      // it has no certificate
    }
  }

  private static int verbs(Map<String, String> environment, Path directory) throws IOException {
    Path in = Files.createDirectories(directory.resolve("in"));
    Files.write(in.resolve("file"), CONTENT);
    String[][] all = {
      {"put", "-q", "-r", in.toString(), "s3://warm/up"},
      {"get", "-q", "-r", "s3://warm/up", directory.resolve("out").toString()},
      {"put", in.resolve("file").toString(), "s3://warm/up/file"},
      {"get", "s3://warm/up/file", directory.resolve("file").toString()},
      {"cp", "-q", "--overwrite", "s3://warm/up/file", "s3://warm/up/copy"},
      {"ls", "s3://warm/up"},
      {"stat", "s3://warm/up/file"},
      {"cat", "s3://warm/up/file"},
      {"--output", "json", "config"},
      {"--version"},
    };
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (String[] verb : all) {
      int code = FlyteData.run(OutputStream.nullOutputStream(), nowhere, environment, verb);
      if (code != 0) {
        return code;
      }
    }
    return 0;
  }

  /** As much of S3 as these verbs ask for. */
  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      exchange.getResponseHeaders().set("ETag", ETAG);
      exchange.getResponseHeaders().set("Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT");
      switch (exchange.getRequestMethod()) {
        case "PUT" -> exchange.sendResponseHeaders(OK, -1);
        case "HEAD" -> {
          exchange.getResponseHeaders().set("Content-Length", "" + CONTENT.length);
          exchange.sendResponseHeaders(OK, -1);
        }
        default ->
            send(
                exchange,
                query.contains("list-type") ? LISTING.getBytes(StandardCharsets.UTF_8) : CONTENT);
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(OK, body.length);
    exchange.getResponseBody().write(body);
  }
}
