/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobStorageException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.ServerProcess;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a request is sent, and where to: a server answers as it is told. */
@Timeout(60)
class AzureConnectionTest {
  private static final URI ROOT = URI.create("abfs://box@acct.dfs.core.windows.net/");

  /** An answer: status, headers, body. */
  private record Answer(int status, Map<String, String> headers, String body) {
    Answer(int status, Map<String, String> headers) {
      this(status, headers, "");
    }
  }

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> agents = new CopyOnWriteArrayList<>();
  private final List<String> encryption = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
      encryption.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-ms-encryption-key")));
      Answer next = answers.isEmpty() ? new Answer(201, Map.of()) : answers.remove();
      next.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = next.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(next.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void answerWith(int... statuses) {
    for (int status : statuses) {
      answers.add(new Answer(status, Map.of()));
    }
  }

  private static Configuration conf(String endpoint) {
    Configuration conf = new Configuration(false);
    conf.set("fs.azure.abfs.endpoint", endpoint);
    conf.set("fs.azure.always.use.https", "false");
    conf.set("fs.azure.account.key", TestSecrets.AZURE_ACCOUNT_KEY);
    conf.set("fs.azure.io.retry.max.retries", "2");
    conf.set("fs.azure.io.retry.backoff.interval", "1");
    conf.set("fs.azure.io.retry.max.backoff.interval", "10");
    return conf;
  }

  private Configuration conf() {
    return conf("127.0.0.1:" + server.getAddress().getPort());
  }

  private static AzureConnection put(Configuration conf) throws IOException {
    AzureConnection connection = new AzureConnection(AzureClientSettings.of(ROOT, conf));
    connection.call(
        client -> {
          client.put("a b/c", "", Map.of(), BinaryData.fromString("content"));
          return true;
        });
    return connection;
  }

  @Test
  void whatPassesIsSentAgain() throws IOException {
    answerWith(500, 503);
    AzureConnection connection = put(conf());
    assertThat(requests).hasSize(3).containsOnly("PUT /acct/box/a%20b%2Fc");
    assertThat(connection.requests()).isEqualTo(Map.of("PUT", 3L));
  }

  @Test
  void noMoreTriesAreMadeThanTheKeySays() {
    answerWith(500, 500, 500, 500, 500, 500);
    assertThat(catchThrowableOfType(BlobStorageException.class, () -> put(conf())).getStatusCode())
        .isEqualTo(500);
    assertThat(requests).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 412, 501})
  void whatStaysIsSentOnce(int status) {
    answerWith(status);
    assertThat(catchThrowable(() -> put(conf()))).isInstanceOf(BlobStorageException.class);
    assertThat(requests).hasSize(1);
  }

  @Test
  @Rule("F10")
  void theStoreSaysWhenToComeBack() throws IOException {
    answers.add(new Answer(503, Map.of("Retry-After", "1")));
    answers.add(new Answer(429, Map.of("x-ms-retry-after-ms", "700")));
    long start = System.nanoTime();
    put(conf());
    assertThat(System.nanoTime() - start).isGreaterThan(1_700_000_000L);
    assertThat(requests).hasSize(3);
  }

  @Test
  void nobodyThereIsSaidSoonWithTheAddressAndTheTries() {
    Configuration conf = conf("127.0.0.1:" + ServerProcess.freePort());
    conf.unset("fs.azure.io.retry.max.retries");
    conf.unset("fs.azure.io.retry.backoff.interval");
    conf.unset("fs.azure.io.retry.max.backoff.interval");
    long start = System.nanoTime();
    assertThat(catchThrowable(() -> put(conf)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("after 4 tries: connect to 127.0.0.1:");
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void anUnknownHostIsSaidAtOnce() {
    assertThat(catchThrowable(() -> put(conf("no-such-host.invalid:1"))))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void anEmulatorMayHaveAName() throws IOException {
    put(conf("localhost:" + server.getAddress().getPort()));
    assertThat(requests).containsExactly("PUT /acct/box/a%20b%2Fc");
  }

  private Throwable got(Answer... told) {
    answers.addAll(List.of(told));
    return catchThrowable(
        () ->
            new AzureConnection(AzureClientSettings.of(ROOT, conf()))
                .call(client -> client.get("a", "\"1\"", 5, 8).readAllBytes()));
  }

  @Test
  @Rule("F07")
  void bytesFromElsewhereAreNotUsed() {
    Map<String, String> first = Map.of("Content-Range", "bytes 0-2/9", "ETag", "\"1\"");
    Map<String, String> right = Map.of("Content-Range", "bytes 5-7/9", "ETag", "\"1\"");
    Answer whole = new Answer(200, Map.of("ETag", "\"1\""), "123456789");
    assertThat(got(whole, whole, whole)).hasMessageContaining("another range");
    requests.clear();
    assertThat(got(new Answer(206, first, "123"), new Answer(206, right, "678"))).isNull();
    assertThat(requests).hasSize(2);
  }

  @Test
  @Rule("F29")
  void anotherVersionIsNotUsedWhereConditionsAreIgnored() {
    Map<String, String> headers = Map.of("Content-Range", "bytes 5-7/9", "ETag", "\"2\"");
    assertThat(got(new Answer(206, headers, "678"))).isInstanceOf(InvalidPathHandleException.class);
    assertThat(requests).hasSize(1);
  }

  @Test
  @Rule("F82")
  void whatWasSignedIsNotRepeated() {
    String told =
        "<Error><Code>AuthenticationFailed</Code><AuthenticationErrorDetail>signed:\n"
            + "x-ms-encryption-key:c2VjcmV0</AuthenticationErrorDetail></Error>";
    Map<String, String> xml = Map.of("Content-Type", "application/xml");
    Throwable ours = got(new Answer(403, xml, told));
    assertThat(ours).hasMessageContaining("AuthenticationFailed");
    answers.add(new Answer(403, xml, told));
    Throwable theSdks =
        catchThrowable(
            () ->
                new AzureConnection(AzureClientSettings.of(ROOT, conf()))
                    .call(client -> client.container().listBlobs().iterator().hasNext()));
    for (Throwable link : List.of(ours, theSdks)) {
      for (Throwable each = link; each != null; each = each.getCause()) {
        assertThat(String.valueOf(each.getMessage())).doesNotContain("c2VjcmV0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token\n", "to ken", "", "tok\u00e9n"})
  @Rule("F82")
  void aTokenThatNoHeaderHoldsIsNotPrinted(String token) {
    assertThat(catchThrowable(() -> TokenPolicy.header(token)))
        .isInstanceOf(AzureLoginException.class)
        .hasMessage("the token is not one line of plain characters");
  }

  @Test
  void anInterruptedThreadStaysSo() throws IOException {
    AzureConnection connection = put(conf()); // Hadoop runs a program when it is loaded
    Thread.currentThread().interrupt();
    try {
      assertThat(catchThrowable(() -> connection.call(client -> true)))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theUserAgentAndTheCustomersKeyAreSent() throws IOException {
    String key = TestSecrets.remember("dHN0U2VjcmV0MjNDdXN0b21lcktleU5ldmVyUHJpbnQyNA==");
    Configuration conf = conf();
    conf.set("fs.azure.user.agent.prefix", "my job/1");
    conf.set("fs.azure.encryption.encoded.client-provided-key", key);
    put(conf);
    assertThat(agents.get(0)).startsWith("my job/1 flyte-hadoop");
    assertThat(encryption).containsExactly(key);
  }

  @Test
  void anAnswerIsReadAsItComes() throws IOException {
    server.removeContext("/");
    byte[] content = "0123456789".getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(
                exchange.getRequestHeaders().getFirst("x-ms-range")
                    + " "
                    + exchange.getRequestHeaders().getFirst("If-Match"));
            exchange.getResponseHeaders().set("Content-Range", "bytes 2-5/10");
            exchange.sendResponseHeaders(206, 4);
            exchange.getResponseBody().write(content, 2, 4);
          }
        });
    AzureConnection connection = new AzureConnection(AzureClientSettings.of(ROOT, conf()));
    byte[] got = connection.call(client -> client.get("c", "\"e\"", 2, 6).readAllBytes());
    assertThat(got).asString().isEqualTo("2345");
    assertThat(requests).containsExactly("bytes=2-5 \"e\"");
  }
}
