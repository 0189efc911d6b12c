/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Stands before the server of the tests and does what GCS does and that server does not: it
 * compares the digest that comes with the last request of a resumable upload, and publishes nothing
 * when it differs; it composes and copies to a name that is free alone when it is told so. Bytes
 * can be changed on their way to it.
 */
public final class GcsGate implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

  private static final Pattern MADE_WHERE_NONE_IS =
      Pattern.compile(
          "/storage/v1(?:/b/[^/]+/o/[^/]+/rewriteTo)?(/b/[^/]+/o/[^/]+)(?:/compose)?"
              + "\\?(?:.*&)?ifGenerationMatch=0(?:&.*)?");

  /** What is answered in the place of the server. */
  private record Refusal(int status, String reason, String message) {
    byte[] json() {
      String error =
          "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"reason\":\"%s\"}]}}";
      return String.format(error, status, message, reason).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** One request that is carried out after another that came behind it. */
  private record Held(
      String inBody,
      String until,
      CountDownLatch arrived,
      CountDownLatch let,
      CountDownLatch done) {}

  private static final Refusal TAKEN =
      new Refusal(412, "conditionNotMet", "At least one of the pre-conditions did not hold.");

  private final HttpServer server;
  private final URI behind;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<String, CRC32C> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger corruptions = new AtomicInteger();
  private final AtomicReference<Held> held = new AtomicReference<>();
  private volatile String from = "";
  private volatile String to = "";

  /** A gate that has started. */
  public GcsGate(URI behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** Where clients find it. */
  public URI uri() {
    return URI.create("http://" + authority());
  }

  private String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Replaces characters in the next requests that have them, by as many others. */
  public void corrupt(int times, String characters, String others) {
    from = characters;
    to = others;
    corruptions.set(times);
  }

  /**
   * Carries the next request whose body has these characters out when so many others, whose method
   * and target have those, have been answered.
   *
   * @return opens when the request is here
   */
  public CountDownLatch holdBack(String inBody, String until, int times) {
    Held next =
        new Held(
            inBody, until, new CountDownLatch(1), new CountDownLatch(times), new CountDownLatch(1));
    held.set(next);
    return next.arrived;
  }

  /** Waits until the request that was held back has been carried out. */
  public void awaitHeld() throws InterruptedException {
    assertThat(held.get().done.await(20, TimeUnit.SECONDS)).as("it is carried out").isTrue();
  }

  /** Every request so far, as method and target. */
  public List<String> requests() {
    return requests;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      requests.add(exchange.getRequestMethod() + " " + target);
      byte[] body = arrived(exchange.getRequestBody().readAllBytes());
      boolean late = isHeld(body);
      Refusal refusal = isTaken(exchange, target) ? TAKEN : refusal(exchange, target, body);
      if (refusal != null) {
        byte[] said = refusal.json();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusal.status, said.length);
        exchange.getResponseBody().write(said);
        return;
      }
      HttpResponse<byte[]> answer =
          client.send(copy(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
      if (late) {
        held.get().done.countDown();
      }
      answer.headers().map().forEach((name, values) -> addAll(exchange, name, values));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      if (answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
      letHeld(exchange.getRequestMethod() + " " + target);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isHeld(byte[] body) throws InterruptedException {
    Held request = held.get();
    if (request == null
        || request.arrived.getCount() == 0
        || !new String(body, StandardCharsets.ISO_8859_1).contains(request.inBody)) {
      return false;
    }
    request.arrived.countDown();
    request.let.await(1, TimeUnit.MINUTES);
    return true;
  }

  private void letHeld(String answered) {
    Held request = held.get();
    if (request != null && answered.contains(request.until)) {
      request.let.countDown();
    }
  }

  private byte[] arrived(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    boolean changed =
        corruptions.get() > 0 && text.contains(from) && corruptions.getAndDecrement() > 0;
    return changed ? text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1) : body;
  }

  private boolean isTaken(HttpExchange exchange, String target)
      throws IOException, InterruptedException {
    Matcher made = MADE_WHERE_NONE_IS.matcher(target);
    if (!exchange.getRequestMethod().equals("POST") || !made.matches()) {
      return false;
    }
    HttpRequest look =
        HttpRequest.newBuilder(behind.resolve("/storage/v1" + made.group(1))).build();
    return client.send(look, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  /** As GCS words it. */
  private Refusal refusal(HttpExchange exchange, String target, byte[] body) {
    if (!exchange.getRequestMethod().equals("PUT") || !target.contains("upload_id=")) {
      return null;
    }
    CRC32C crc = uploads.computeIfAbsent(target, first -> new CRC32C());
    crc.update(body);
    String hash = exchange.getRequestHeaders().getFirst("X-Goog-Hash");
    String arrived =
        "crc32c="
            + Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return hash == null || hash.equals(arrived)
        ? null
        : new Refusal(400, "invalid", "Provided CRC32C doesn't match calculated CRC32C.");
  }

  private HttpRequest copy(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        header.getValue().forEach(value -> request.header(header.getKey(), value));
      }
    }
    return request.build();
  }

  /** Where the server names itself, the client finds the gate. */
  private void addAll(HttpExchange exchange, String name, List<String> values) {
    if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
      values.forEach(
          value ->
              exchange
                  .getResponseHeaders()
                  .add(name, value.replace(behind.getAuthority(), authority())));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
