/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before Azurite and does what Azure does and Azurite does not. It lists blobs and prefixes
 * in one order, by which ABFS of Hadoop 3.5 knows a directory that is both. For ABFS before Hadoop
 * 3.4.2, which knows no other, it speaks the {@code dfs} protocol: these requests, whose signatures
 * nobody checks, become those of the blob protocol. It is as good as what ABFS asks of it: a flat
 * account, no leases, no lists in pages.
 */
public final class AzureGate {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");
  private static final Pattern LISTED = Pattern.compile("(?s)<(Blob|BlobPrefix)>.*?</\\1>");
  private static final Pattern NAME = Pattern.compile("(?s)<Name>(.*?)</Name>");

  private final HttpServer server;
  private final URI behind;

  /** Parameters and headers of the {@code dfs} protocol. */
  private final Set<String> ofDfs;

  private final BlobServiceClient blobs;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final class Blob {
    static final AzureGate GATE = new AzureGate(AzureServer.shared(), Set.of());
  }

  private static final class Dfs {
    static final AzureGate GATE =
        new AzureGate(
            AzureServer.shared(),
            Set.of("resource", "action", "recursive", "upn", "x-ms-rename-source"));
  }

  private AzureGate(AzureServer azure, Set<String> ofDfs) {
    this.ofDfs = ofDfs;
    // each answer would wait 40 ms for more
    System.setProperty("sun.net.httpserver.nodelay", "true");
    behind = azure.uri();
    blobs =
        new BlobServiceClientBuilder()
            .endpoint(behind + "/" + AzureServer.ACCOUNT)
            .credential(
                new StorageSharedKeyCredential(AzureServer.ACCOUNT, TestSecrets.AZURE_ACCOUNT_KEY))
            .buildClient();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "dfs-gate");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::answer);
    server.start();
  }

  /** Before the server of this JVM, for clients of the blob protocol. */
  public static AzureGate blob() {
    return Blob.GATE;
  }

  /** Before the server of this JVM, for clients of the {@code dfs} protocol. */
  public static AzureGate dfs() {
    return Dfs.GATE;
  }

  /** Where clients find the first account. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (ofDfs.stream().anyMatch(query::containsKey)
          || ofDfs.stream().anyMatch(exchange.getRequestHeaders()::containsKey)) {
        send(exchange, translated(exchange, query, body));
      } else {
        pass(exchange, body);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private DfsAnswer translated(HttpExchange exchange, Map<String, String> query, byte[] body) {
    // account, container, path
    String[] parts = exchange.getRequestURI().getPath().split("/+", 4);
    try {
      return new DfsRequest(
              blobs.getBlobContainerClient(parts[2]),
              parts.length < 4 ? "" : parts[3].replaceFirst("/$", ""),
              query,
              exchange.getRequestHeaders())
          .answer(method(exchange), body);
    } catch (BlobStorageException failure) {
      return DfsAnswer.error(failure.getStatusCode(), String.valueOf(failure.getErrorCode()));
    }
  }

  private static String method(HttpExchange exchange) {
    String real = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return real == null ? exchange.getRequestMethod() : real;
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        String[] parts = pair.split("=", 2);
        String value = parts.length < 2 ? "" : parts[1];
        query.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void send(HttpExchange exchange, DfsAnswer answer) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), head || length == 0 ? -1 : length);
    if (!head && length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      boolean ofConnection = OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT));
      if (!ofConnection || head && header.getKey().equalsIgnoreCase("content-length")) {
        headers.put(header.getKey(), header.getValue().get(0));
      }
    }
    boolean list = String.valueOf(exchange.getRequestURI().getQuery()).contains("comp=list&");
    send(
        exchange,
        new DfsAnswer(answer.statusCode(), headers, list ? inOrder(answer.body()) : answer.body()));
  }

  /** Azurite puts prefixes behind all blobs. */
  private static byte[] inOrder(byte[] list) {
    String text = new String(list, StandardCharsets.UTF_8);
    List<String> entries = LISTED.matcher(text).results().map(MatchResult::group).toList();
    if (entries.isEmpty()) {
      return list;
    }
    int start = text.indexOf(entries.get(0));
    int end = text.lastIndexOf(entries.get(entries.size() - 1));
    String rest = text.substring(end + entries.get(entries.size() - 1).length());
    List<String> sorted = entries.stream().sorted(Comparator.comparing(AzureGate::name)).toList();
    return (text.substring(0, start) + String.join("", sorted) + rest)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String name(String entry) {
    Matcher name = NAME.matcher(entry);
    return name.find() ? name.group(1) : "";
  }
}
