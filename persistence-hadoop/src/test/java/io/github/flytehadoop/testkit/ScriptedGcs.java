/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A store that answers what it was told, and then that there is an object of three bytes. */
public final class ScriptedGcs implements AutoCloseable {
  /**
   * What is answered.
   *
   * @param status of the answer
   * @param body in JSON
   * @param headers beside the type of the content
   */
  public record Answer(int status, String body, Map<String, String> headers) {
    /** An object of three bytes. */
    public static final Answer OBJECT = ok("{\"name\":\"k\",\"size\":\"3\",\"generation\":\"7\"}");

    /** That all went well. */
    public static Answer ok(String body) {
      return new Answer(200, body, Map.of());
    }

    /** A refusal, as Google words it. */
    public static Answer refused(int status, String reason, String message) {
      String error =
          "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"reason\":\"%s\"}]}}";
      return new Answer(status, String.format(error, status, message, reason), Map.of());
    }

    /** That an upload has so many bytes and wants more. */
    public static Answer resume(long bytes) {
      return new Answer(308, "", bytes == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (bytes - 1)));
    }
  }

  private record Asked(String target, Map<String, List<String>> headers, int bodyBytes) {}

  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<String, Answer> rule = target -> null;

  /** A store that has started. */
  public ScriptedGcs() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its root. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Answers the next requests, whatever they ask for. */
  public void answers(Answer... next) {
    answers.addAll(Arrays.asList(next));
  }

  /** Answers requests by their method and target, unless the rule says null. */
  public void answering(Function<String, Answer> byTarget) {
    rule = byTarget;
  }

  /** How many requests are being answered. */
  public int busy() {
    return busy.get();
  }

  /** What was asked for, in order. */
  public List<String> targets() {
    return asked.stream().map(Asked::target).toList();
  }

  /** A header of a request; empty when it had none. */
  public String sent(int request, String header) {
    return String.join(",", asked.get(request).headers.getOrDefault(header, List.of()));
  }

  /** The length of a request's body. */
  public int bodyBytes(int request) {
    return asked.get(request).bodyBytes;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answerTo(exchange)); // who has it may ask at once whether others are busy
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException {
    busy.incrementAndGet();
    try {
      int bytes = exchange.getRequestBody().readAllBytes().length;
      String target = exchange.getRequestURI().toString();
      asked.add(new Asked(target, Map.copyOf(exchange.getRequestHeaders()), bytes));
      Answer ruled = rule.apply(exchange.getRequestMethod() + " " + target);
      return ruled == null ? next() : ruled;
    } finally {
      busy.decrementAndGet();
    }
  }

  private Answer next() {
    Answer next = answers.poll();
    return next == null ? Answer.OBJECT : next;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
