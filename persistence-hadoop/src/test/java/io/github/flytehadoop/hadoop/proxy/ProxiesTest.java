/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.ConfigException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy stands before which server. */
class ProxiesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTPS_PROXY", "http://me:pass@secure:3128",
          "http_proxy", "plain:8080",
          "NO_PROXY", "localhost,.internal, *.Example.ORG:443");

  private static String of(String server) {
    return new Proxies(null, ENVIRONMENT).of(URI.create(server)).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "https://store.example.com, http://secure:3128 (HTTPS_PROXY)",
    "HTTPS://store.example.com, http://secure:3128 (HTTPS_PROXY)",
    "http://store.example.com, http://plain:8080 (HTTP_PROXY)",
    "https://internal, no proxy",
    "https://a.b.internal, no proxy",
    "https://internal.example.com, http://secure:3128 (HTTPS_PROXY)",
    "https://BUCKET.example.org, no proxy",
    "http://localhost:9000, no proxy",
    "http://169.254.169.254/metadata, no proxy",
    "http://metadata.google.internal, no proxy",
  })
  void theEnvironmentNamesOneForEachScheme(String server, String expected) {
    assertThat(of(server)).isEqualTo(expected);
  }

  @Test
  void settingsWinOverTheEnvironment() {
    NetworkProxy named = new NetworkProxy(URI.create("http://own:1"), null, null, "key");
    Proxies proxies = new Proxies(named, ENVIRONMENT);
    assertThat(proxies.of(URI.create("https://a.internal"))).isEqualTo(named);
    assertThat(proxies.select(URI.create("https://a")))
        .isEqualTo(
            List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("own", 1))));
  }

  @Test
  void aLoginIsForTheProxyAndNotShown() {
    Proxies proxies = new Proxies(null, ENVIRONMENT);
    NetworkProxy secure = proxies.of(URI.create("https://a"));
    assertThat(secure.user()).isEqualTo("me");
    assertThat(secure.password()).isEqualTo("pass");
    assertThat(secure.toString()).doesNotContain("me:").doesNotContain("pass");
    assertThat(secure.authorization()).isEqualTo("Basic bWU6cGFzcw==");
    assertThat(proxies.of(URI.create("http://a")).authorization()).isNull();
    assertThat(proxies.select(URI.create("https://a.internal"))).containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "http://a b:1", ":3128", "socks5://a:1080", "/a://b"})
  void whatIsNoAddressIsRefusedByItsName(String text) {
    assertThatThrownBy(
            () -> new Proxies(null, Map.of("HTTPS_PROXY", text)).of(URI.create("https://a")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("HTTPS_PROXY");
  }
}
