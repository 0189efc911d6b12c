/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.models.BlobStorageException;
import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestProxy;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real proxy between us and Azure, which no key names: the environment does. */
class AzureProxyTest {
  private static final String PASSWORD =
      TestSecrets.remember("tstSecret43-AzureProxyNeverPrintIt44");
  private static final Duration SECONDS = Duration.ofSeconds(5);

  private final Configuration conf = new Configuration(false);

  @BeforeEach
  void start() {
    conf.set("fs.azure.account.key", TestSecrets.AZURE_ACCOUNT_KEY);
    conf.set("fs.azure.io.retry.backoff.interval", "1");
  }

  private void look(String host, String container, Map<String, String> environment)
      throws IOException {
    URI root = URI.create("abfs://" + container + "@" + host + "/");
    new AzureConnection(AzureClientSettings.of(root, conf, environment))
        .call(client -> client.container().getBlobClient("k").getProperties());
  }

  private static String url(TestProxy proxy) {
    return "http://127.0.0.1:" + proxy.port();
  }

  private String onAzurite() {
    String host = AzureServer.ACCOUNT + ".dfs.core.windows.net";
    conf.set("fs.azure.abfs.endpoint", AzureServer.shared().uri().getAuthority());
    conf.set("fs.azure.always.use.https", "false");
    return host;
  }

  @Test
  @RequireStores("azure")
  void theEnvironmentNamesTheProxyUnlessTheHostIsExempt() throws IOException {
    String container = AzureServer.shared().newContainer();
    try (TestProxy proxy = TestProxy.wanting("me", PASSWORD)) {
      String named = "http://me:" + PASSWORD + "@127.0.0.1:" + proxy.port();
      BlobStorageException missing =
          catchThrowableOfType(
              BlobStorageException.class,
              () -> look(onAzurite(), container, Map.of("HTTP_PROXY", named)));
      assertThat(missing.getStatusCode()).as(missing.getMessage()).isEqualTo(404);
      assertThat(proxy.asked()).last().asString().startsWith("HEAD http://127.0.0.1:");
      proxy.asked().clear();
      missing =
          catchThrowableOfType(
              BlobStorageException.class,
              () ->
                  look(
                      onAzurite(),
                      container,
                      Map.of("HTTP_PROXY", named, "NO_PROXY", "127.0.0.1")));
      assertThat(missing.getStatusCode()).isEqualTo(404);
      assertThat(proxy.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"http,407", "http,403", "http,502", "https,407", "https,403", "https,502"})
  void theAnswerOfTheProxyIsTheFailure(String scheme, int status) throws IOException {
    conf.setBoolean("fs.azure.always.use.https", scheme.equals("https"));
    String variable = scheme.equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    try (TestProxy proxy = new TestProxy(status)) {
      Instant start = Instant.now();
      ProxyAnswerException failure =
          catchThrowableOfType(
              ProxyAnswerException.class,
              () -> look("store.dfs.core.invalid", "box", Map.of(variable, url(proxy))));
      assertThat(Duration.between(start, Instant.now())).isLessThan(SECONDS);
      assertThat(failure)
          .hasMessage("the proxy " + url(proxy) + " (" + variable + ") answered " + status);
      assertThat(proxy.asked()).hasSize(1);
    }
  }
}
