/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestProxy;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.TlsFront;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A command line whose network is left by a proxy that wants a login: by tunnels to the stores, all
 * three alike. The environment of a process names it, so each run is one.
 */
@Timeout(120)
@Tag("slow")
class ProxiedStoresTest {
  private static final String PASSWORD = TestSecrets.remember("tstSecret45-ProxyNeverPrintIt46");
  private static final Duration SECONDS = Duration.ofSeconds(15);

  @TempDir Path temp;

  private static String site(String... keysAndValues) throws IOException {
    Configuration core = new Configuration(false);
    for (int pair = 0; pair < keysAndValues.length; pair += 2) {
      core.set(keysAndValues[pair], keysAndValues[pair + 1]);
    }
    Path directory = TestDirectories.create("site");
    try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
      core.writeXml(out);
    }
    return directory.toString();
  }

  private static String naming(TestProxy proxy) {
    return "http://me:" + PASSWORD + "@127.0.0.1:" + proxy.port();
  }

  /** Writes a file, through tunnels alone. */
  private void putThrough(
      TestProxy proxy, TlsFront tls, Map<String, String> environment, String store)
      throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "content");
    Map<String, String> all = new HashMap<>(Outcome.ALONE);
    all.putAll(environment);
    List<String> trusting = List.of(tls.trusting());
    Outcome put = Outcome.ofProcess(trusting, all, "put", file.toString(), store + "/d/f");
    assertThat(put.err()).isEmpty();
    assertThat(put.code()).isZero();
    String tunnel = "CONNECT " + URI.create(tls.url()).getAuthority() + " ";
    assertThat(proxy.asked()).isNotEmpty().allMatch(line -> line.startsWith(tunnel));
  }

  @Test
  void s3IsReachedByTheProxyOfHadoopsKeys() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start();
        TlsFront tls = new TlsFront(s3.uri());
        TestProxy proxy = TestProxy.wanting("me", PASSWORD)) {
      s3.createBucket("b");
      Map<String, String> environment = Outcome.s3(tls.url());
      environment.put("HTTPS_PROXY", "http://nobody.invalid:1");
      environment.put(
          "HADOOP_CONF_DIR",
          site(
              "fs.s3a.proxy.host",
              "127.0.0.1",
              "fs.s3a.proxy.port",
              Integer.toString(proxy.port()),
              "fs.s3a.proxy.username",
              "me",
              "fs.s3a.proxy.password",
              PASSWORD));
      putThrough(proxy, tls, environment, "s3://b");
      assertThat(s3.keys("b")).containsExactly("d/f");
    }
  }

  @Test
  @RequireStores("azure")
  void azureIsReachedByTheProxyOfTheEnvironment() throws Exception {
    AzureServer server = AzureServer.shared();
    try (TlsFront tls = new TlsFront(server.uri());
        TestProxy proxy = TestProxy.wanting("me", PASSWORD)) {
      putThrough(
          proxy,
          tls,
          Map.of(
              "HTTPS_PROXY",
              naming(proxy),
              "FLYTE_AZURE_ENDPOINT",
              tls.url(),
              "FLYTE_AZURE_STORAGE_ACCOUNT_NAME",
              AzureServer.ACCOUNT,
              "FLYTE_AZURE_STORAGE_ACCOUNT_KEY",
              TestSecrets.AZURE_ACCOUNT_KEY),
          "abfs://" + server.newContainer());
    }
  }

  @Test
  @RequireStores("gcs")
  void gcsIsReachedByTheProxyOfTheEnvironment() throws Exception {
    GcsServer server = GcsServer.shared();
    try (TlsFront tls = new TlsFront(server.uri());
        TestProxy proxy = TestProxy.wanting("me", PASSWORD)) {
      String site = site("fs.gs.storage.root.url", tls.url(), "fs.gs.auth.type", "UNAUTHENTICATED");
      String bucket = server.newBucket();
      putThrough(
          proxy,
          tls,
          Map.of("https_proxy", naming(proxy), "HADOOP_CONF_DIR", site),
          "gs://" + bucket);
      assertThat(server.keys(bucket, "d")).containsExactly("d/f");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:%s@a b:1", "socks5://me:%s@a:1"})
  void aVariableThatNamesNoProxyIsRefusedWhereOneIsNeeded(String text) throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "content");
    Map<String, String> environment = new HashMap<>(Outcome.ALONE);
    environment.put("HTTPS_PROXY", text.formatted(PASSWORD));
    environment.put("AWS_ACCESS_KEY_ID", TestSecrets.S3_ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
    Outcome local =
        Outcome.ofProcess(List.of(), environment, "put", file.toString(), temp + "/copy");
    assertThat(local.err()).isEmpty();
    assertThat(local.code()).isZero();
    Outcome s3 = Outcome.ofProcess(List.of(), environment, "put", file.toString(), "s3://b/f");
    assertThat(s3.err())
        .contains("Cannot use HTTPS_PROXY")
        .doesNotContain(PASSWORD)
        .hasLineCount(1);
    assertThat(s3.code()).isNotZero();
  }

  @ParameterizedTest
  @CsvSource({
    "abfs://box@store.dfs.core.invalid, 403",
    "gs://b, 502",
    "abfs://box@a.b.invalid, 407"
  })
  void theAnswerOfTheProxyIsTheMessage(String store, int status) throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "content");
    try (TestProxy proxy = new TestProxy(status)) {
      Map<String, String> environment = new HashMap<>(Outcome.ALONE);
      environment.put("HTTPS_PROXY", naming(proxy));
      environment.put("FLYTE_AZURE_STORAGE_ACCOUNT_KEY", TestSecrets.AZURE_ACCOUNT_KEY);
      environment.put("HADOOP_CONF_DIR", site("fs.gs.auth.type", "UNAUTHENTICATED"));
      Instant start = Instant.now();
      Outcome put =
          Outcome.ofProcess(List.of(), environment, "put", file.toString(), store + "/d/f");
      assertThat(Duration.between(start, Instant.now())).isLessThan(SECONDS);
      assertThat(put.code()).isEqualTo(1);
      assertThat(put.err())
          .contains("the proxy http://127.0.0.1:" + proxy.port() + " (HTTPS_PROXY)")
          .contains("answered " + status)
          .hasLineCount(1);
    }
  }
}
