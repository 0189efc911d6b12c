/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.flytehadoop.testkit.TestProxy;
import io.github.flytehadoop.testkit.TlsFront;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands between a command line and S3: proxies, and those who give credentials. Both are
 * named by the environment of a process, so each run is one.
 */
@Timeout(120)
@Tag("slow")
class S3WayOutTest {
  private static final Duration SECONDS = Duration.ofSeconds(15);

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private Path file;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    file = Files.writeString(temp.resolve("f"), "content");
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Outcome put(Map<String, String> environment, String... options) throws Exception {
    return Outcome.ofProcess(List.of(options), environment, "put", file.toString(), "s3://b/f");
  }

  private static String proxy(TestProxy proxy) {
    return "http://127.0.0.1:" + proxy.port();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PROXY,407", "HTTP_PROXY,403", "HTTP_PROXY,502",
    "HTTPS_PROXY,407", "HTTPS_PROXY,403", "HTTPS_PROXY,502"
  })
  void answerOfTheProxyIsTheMessage(String variable, int status) throws Exception {
    try (TestProxy proxy = new TestProxy(status)) {
      String scheme = variable.startsWith("HTTPS") ? "https" : "http";
      Map<String, String> environment = Outcome.s3(scheme + "://store.invalid:9000");
      environment.put(variable, proxy(proxy));
      Instant start = Instant.now();
      Outcome put = put(environment);
      assertThat(Duration.between(start, Instant.now())).isLessThan(SECONDS);
      assertThat(put.code()).isEqualTo(1);
      assertThat(put.err())
          .contains("proxy " + proxy(proxy), String.valueOf(status), variable)
          .hasLineCount(1);
      assertThat(proxy.asked()).isNotEmpty();
    }
  }

  @Test
  void aTunnelIsUsedUnlessTheHostIsExempt() throws Exception {
    try (TlsFront tls = new TlsFront(s3.uri());
        TestProxy proxy = new TestProxy(200)) {
      Map<String, String> environment = Outcome.s3(tls.url());
      environment.put("HTTPS_PROXY", proxy(proxy));
      Outcome put = put(environment, tls.trusting());
      assertThat(put.err()).isEmpty();
      assertThat(s3.bytes("b", "f")).asString(StandardCharsets.UTF_8).isEqualTo("content");
      assertThat(proxy.asked())
          .isNotEmpty()
          .allMatch(line -> line.startsWith("CONNECT 127.0.0.1:"));
      proxy.asked().clear();
      environment.put("NO_PROXY", "127.0.0.1");
      assertThat(put(environment, tls.trusting()).err()).isEmpty();
      assertThat(proxy.asked()).isEmpty();
    }
  }

  private Map<String, String> withoutKeys() {
    Map<String, String> environment = new HashMap<>(Outcome.ALONE);
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_REGION", "us-east-1");
    return environment;
  }

  private static HttpServer answering(int status, String body) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private void refusedFor(Outcome put, String... reasons) {
    assertThat(put.code()).isEqualTo(1);
    assertThat(put.err()).contains(reasons).hasLineCount(1);
    assertThat(s3.keys("b")).isEmpty();
  }

  @Test
  void aMissingTokenFileOfAWebIdentityIsTheMessage() throws Exception {
    Map<String, String> environment = withoutKeys();
    environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/nonexistent/token");
    environment.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r");
    refusedFor(put(environment), "AWS_WEB_IDENTITY_TOKEN_FILE", "/nonexistent/token");
  }

  @Test
  void aWebIdentityThatStsRefusesIsTheMessage() throws Exception {
    HttpServer sts =
        answering(
            403,
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                + "<Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message>"
                + "</Error><RequestId>1</RequestId></ErrorResponse>");
    try {
      Map<String, String> environment = withoutKeys();
      environment.put("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + sts.getAddress().getPort());
      Path token = Files.writeString(temp.resolve("token"), "header.payload.signature");
      environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
      environment.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/r");
      Outcome put = put(environment);
      refusedFor(put, "AWS_WEB_IDENTITY_TOKEN_FILE", "sts:AssumeRoleWithWebIdentity");
      assertThat(put.err()).doesNotContain("header.payload.signature");
    } finally {
      sts.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void anIdentityOfAPodThatIsRefusedIsTheMessage(int status) throws Exception {
    HttpServer agent = answering(status, "{\"code\":\"NoAssociation\",\"message\":\"no role\"}");
    try {
      Map<String, String> environment = withoutKeys();
      environment.put(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "http://127.0.0.1:" + agent.getAddress().getPort() + "/v1/credentials");
      Path token = Files.writeString(temp.resolve("token"), "pods-secret");
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());
      Outcome put = put(environment);
      refusedFor(put, "identity of this container or pod");
      assertThat(put.err()).doesNotContain("pods-secret");
    } finally {
      agent.stop(0);
    }
  }
}
