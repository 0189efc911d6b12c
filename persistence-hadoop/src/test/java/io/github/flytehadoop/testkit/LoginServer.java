/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that gives out tokens, as those of Microsoft and Google do; the test says
 * to whom, and with which token.
 */
public final class LoginServer implements AutoCloseable {
  /** Who gets a token. */
  public interface Guard {
    /** What it answers, in JSON; {@code null} to refuse. */
    @Nullable String answer(Question question);
  }

  /**
   * A request for a token.
   *
   * @param fields those of its query and, where that is a form, of its body
   */
  public record Question(
      String method, String path, Map<String, String> fields, Map<String, String> headers) {
    /** Whether a field has this value. */
    public boolean says(String field, String value) {
      return value.equals(fields.get(field));
    }
  }

  private final HttpServer server;
  private final Guard guard;
  private final List<String> granted = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  /** A server that has started. */
  public LoginServer(Guard guard) throws IOException {
    this.guard = guard;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** {@code http://127.0.0.1:port} and a path. */
  public String url(String path) {
    return "http://" + address() + path;
  }

  /** Methods and paths of the requests that got what they wanted. */
  public List<String> granted() {
    return granted;
  }

  /** Methods and paths of the others. */
  public List<String> refused() {
    return refused;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> fields = new TreeMap<>();
      addFields(fields, exchange.getRequestURI().getRawQuery());
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip();
      addFields(fields, body);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      String path = exchange.getRequestURI().getPath();
      Question question = new Question(exchange.getRequestMethod(), path, fields, headers);
      String answer = guard.answer(question);
      (answer == null ? refused : granted).add(question.method() + " " + path);
      String json = answer == null ? "{\"error\":\"invalid_client\"}" : answer;
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
      exchange.sendResponseHeaders(answer == null ? 401 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void addFields(Map<String, String> fields, @Nullable String form) {
    for (String field : form == null || form.startsWith("{") ? new String[0] : form.split("&")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals), decoded(field.substring(equals + 1)));
      }
    }
  }

  private static String decoded(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
