/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import io.github.flytehadoop.testkit.ScriptedGcs;
import io.github.flytehadoop.testkit.TestProxy;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real proxy between us and GCS, named by a key or by the environment. */
class GcsProxyTest {
  private static final String PASSWORD = TestSecrets.remember("tstSecret41-GcsProxyNeverPrintIt42");
  private static final Duration SECONDS = Duration.ofSeconds(5);

  private final Configuration conf = new Configuration(false);
  private ScriptedGcs store;

  @BeforeEach
  void start() throws IOException {
    store = new ScriptedGcs();
    conf.set("fs.gs.storage.root.url", store.url());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private void get(Map<String, String> environment) throws IOException {
    try (GcsConnection connection = new GcsConnection(GcsClientSettings.of(conf, environment))) {
      connection.call(
          "b", client -> connection.object(client.objects().get("b", "k"), "b").execute());
    }
  }

  private static String url(TestProxy proxy) {
    return "http://127.0.0.1:" + proxy.port();
  }

  @Test
  void aKeyNamesTheProxyAndTheLogin() throws IOException {
    try (TestProxy proxy = TestProxy.wanting("me", PASSWORD)) {
      conf.set("fs.gs.proxy.address", "127.0.0.1:" + proxy.port());
      conf.set("fs.gs.proxy.username", "me");
      conf.set("fs.gs.proxy.password", PASSWORD);
      get(Map.of("HTTP_PROXY", "http://nobody.invalid:1"));
      assertThat(proxy.asked()).last().asString().startsWith("GET " + store.url() + "storage/v1/");
    }
    assertThat(store.targets()).containsExactly("/storage/v1/b/b/o/k");
  }

  @Test
  void theEnvironmentNamesTheProxyUnlessTheHostIsExempt() throws IOException {
    try (TestProxy proxy = TestProxy.wanting("me", PASSWORD)) {
      String named = "http://me:" + PASSWORD + "@127.0.0.1:" + proxy.port();
      get(Map.of("HTTP_PROXY", named));
      assertThat(proxy.asked()).isNotEmpty();
      proxy.asked().clear();
      get(Map.of("HTTP_PROXY", named, "NO_PROXY", "127.0.0.1"));
      assertThat(proxy.asked()).isEmpty();
    }
    assertThat(store.targets()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"http,407", "http,403", "http,502", "https,407", "https,403", "https,502"})
  void theAnswerOfTheProxyIsTheFailure(String scheme, int status) throws IOException {
    conf.set("fs.gs.storage.root.url", scheme + "://store.invalid/");
    String variable = scheme.equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    try (TestProxy proxy = new TestProxy(status)) {
      Instant start = Instant.now();
      ProxyAnswerException failure =
          catchThrowableOfType(ProxyAnswerException.class, () -> get(Map.of(variable, url(proxy))));
      assertThat(Duration.between(start, Instant.now())).isLessThan(SECONDS);
      assertThat(failure)
          .hasMessage("the proxy " + url(proxy) + " (" + variable + ") answered " + status);
      assertThat(proxy.asked()).hasSize(1);
    }
  }

  @Test
  void aRefusalOfTheStoreIsNotThatOfTheProxy() throws IOException {
    store.answers(ScriptedGcs.Answer.refused(403, "forbidden", "no access"));
    try (TestProxy proxy = new TestProxy(200)) {
      assertThat(
              catchThrowableOfType(
                  com.google.api.client.http.HttpResponseException.class,
                  () -> get(Map.of("HTTP_PROXY", url(proxy)))))
          .hasMessageContaining("no access");
    }
  }
}
