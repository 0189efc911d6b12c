/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.LoginServer;
import io.github.flytehadoop.testkit.LoginServer.Question;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.TlsKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever shows Microsoft's login server what it wants to see gets a token, and with it everything.
 * ABFS sends tokens over TLS alone, and trusts whom the JVM trusts: each test has a JVM of its own.
 */
@RequireStores("azure")
@Rule("W-4")
@Tag("slow")
class AzureIdentitiesTest {
  private static final String TENANT = "flyte-tenant";
  private static final String CLIENT = "flyte-client";
  private static final String BY_SECRET = "POST /flyte-tenant/oauth2/token";
  private static final String BY_FILE = "POST /flyte-tenant/oauth2/v2.0/token";
  private static final String BY_MACHINE = "GET /metadata/identity/oauth2/token";
  private static final String ASSERTION =
      TestSecrets.remember("tstSecret10FederatedTokenNeverPrintIt11");
  private static final String WRONG = TestSecrets.remember("tstSecret11~WrongClientNeverPrintIt12");

  private static TlsKeys keys;
  private static AzureServer server;
  private static LoginServer login;
  private static String token;
  private static String container;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, InterruptedException {
    keys = TlsKeys.create("ip:127.0.0.1");
    server = AzureServer.startWithTokens(keys);
    login = new LoginServer(AzureIdentitiesTest::answer);
    token = newToken();
    container = newContainer();
  }

  @AfterAll
  static void stop() {
    login.close();
    server.close();
  }

  /** As the public documents describe the three ways. */
  private static @Nullable String answer(Question asked) {
    boolean granted =
        switch (asked.method() + " " + asked.path()) {
          case BY_SECRET ->
              asked.says("grant_type", "client_credentials")
                  && asked.says("client_id", CLIENT)
                  && asked.says("client_secret", TestSecrets.AZURE_CLIENT_SECRET);
          case BY_FILE ->
              asked.says("grant_type", "client_credentials")
                  && asked.says("client_id", CLIENT)
                  && asked.says("scope", "https://storage.azure.com/.default")
                  && asked.says("client_assertion", ASSERTION);
          case BY_MACHINE ->
              "true".equals(asked.headers().get("Metadata"))
                  && asked.says("resource", "https://storage.azure.com/");
          default -> false;
        };
    long expires = Instant.now().getEpochSecond() + 3600;
    String answer = "{\"access_token\":\"%s\",\"expires_in\":\"3600\",\"expires_on\":\"%d\"}";
    return granted ? answer.formatted(token, expires) : null;
  }

  private static String newToken() {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{\"aud\":\"https://storage.azure.com\",\"iss\":\"https://sts.windows.net/%s/\",\"nbf\":%d,\"iat\":%d,\"exp\":%d}"
            .formatted(TENANT, now - 60, now - 60, now + 3600);
    String head = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    return TestSecrets.remember(base64(head) + "." + base64(claims) + "." + base64("unchecked"));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String newContainer()
      throws IOException, GeneralSecurityException, InterruptedException {
    String name = "identities";
    URI uri = URI.create(server.uri() + "/" + AzureServer.ACCOUNT + "/" + name);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri + "?restype=container"))
            .header("Authorization", "Bearer " + token)
            .header("x-ms-version", "2021-06-08")
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient client = HttpClient.newBuilder().sslContext(keys.context()).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return name;
  }

  private static Outcome doctor(Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> trusting =
        List.of(
            "-Djavax.net.ssl.trustStore=" + keys.file(),
            "-Djavax.net.ssl.trustStorePassword=" + TlsKeys.PASSWORD);
    Map<String, String> all = new HashMap<>(environment);
    all.put("FLYTE_AZURE_STORAGE_ACCOUNT_NAME", AzureServer.ACCOUNT);
    return Outcome.ofProcess(trusting, all, "doctor", "abfs://" + container + "/dir");
  }

  /** What a machine of the cluster has, whose account has no endpoint of its own otherwise. */
  private static String site() throws IOException {
    String host = "." + AzureServer.ACCOUNT + ".dfs.core.windows.net";
    Configuration core = new Configuration(false);
    core.set("fs.azure.abfs.endpoint" + host, server.uri().getAuthority());
    core.set("fs.azure.account.hns.enabled" + host, "false");
    core.set("fs.azure.fns.account.service.type" + host, "BLOB");
    core.set("fs.azure.account.oauth2.msi.endpoint" + host, login.url(path(BY_MACHINE)));
    Path directory = TestDirectories.create("site");
    try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
      core.writeXml(out);
    }
    return directory.toString();
  }

  private static String path(String request) {
    return request.substring(request.indexOf('/'));
  }

  private static void assertHealthy(Outcome outcome, String identity, String login) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(identity)
        .containsPattern("ok +write")
        .containsPattern("ok +delete");
    assertThat(outcome.code()).as(outcome.out()).isZero();
    assertThat(AzureIdentitiesTest.login.granted()).contains(login);
  }

  private static Map<String, String> principal(String secret) {
    return Map.of(
        "FLYTE_AZURE_ENDPOINT", server.uri().toString(),
        "FLYTE_AZURE_TENANT_ID", TENANT,
        "FLYTE_AZURE_CLIENT_ID", CLIENT,
        "FLYTE_AZURE_CLIENT_SECRET", secret,
        "AZURE_AUTHORITY_HOST", login.url("/"));
  }

  @Test
  void aServicePrincipalShowsItsSecret() throws IOException, InterruptedException {
    Outcome outcome = doctor(principal(TestSecrets.AZURE_CLIENT_SECRET));
    assertHealthy(outcome, "ClientCredsTokenProvider", BY_SECRET);
  }

  @Test
  void aWrongSecretIsSaidSo() throws IOException, InterruptedException {
    Outcome outcome = doctor(principal(WRONG));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("the login server gives no token (401, invalid_client)")
        .contains("Fix: Set AZURE_STORAGE_ACCOUNT_NAME");
    assertThat(login.refused()).contains(BY_SECRET);
  }

  @Test
  void aPodShowsTheTokenOfItsServiceAccount() throws IOException, InterruptedException {
    Path file = TestDirectories.create("federated").resolve("token");
    Files.writeString(file, ASSERTION);
    Outcome outcome =
        doctor(
            Map.of(
                "AZURE_FEDERATED_TOKEN_FILE", file.toString(),
                "AZURE_TENANT_ID", TENANT,
                "AZURE_CLIENT_ID", CLIENT,
                "AZURE_AUTHORITY_HOST", login.url("/"),
                "HADOOP_CONF_DIR", site()));
    assertHealthy(outcome, "WorkloadIdentityTokenProvider", BY_FILE);
  }

  @Test
  void aMachineIsKnownByItsAddress() throws IOException, InterruptedException {
    Outcome outcome = doctor(Map.of("HADOOP_CONF_DIR", site()));
    assertHealthy(outcome, "MsiTokenProvider", BY_MACHINE);
  }
}
