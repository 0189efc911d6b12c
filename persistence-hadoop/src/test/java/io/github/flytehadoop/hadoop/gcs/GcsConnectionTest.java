/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.services.storage.model.StorageObject;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.cloud.hadoop.util.AccessTokenProvider;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.LoginServer;
import io.github.flytehadoop.testkit.ScriptedGcs;
import io.github.flytehadoop.testkit.ServerProcess;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys that Google's connector knows make our client too: who asks, and how. */
class GcsConnectionTest {
  private static final String TOKEN = TestSecrets.remember("tstSecret21.GcsTokenNeverPrintIt22");
  private static final String REFRESH = TestSecrets.remember("tstSecret23-RefreshNeverPrintIt24");
  private static final String CLIENT = TestSecrets.remember("tstSecret25-ClientNeverPrintIt26");

  /** Tokens of a class of the user's. */
  public static final class Tokens implements AccessTokenProvider {
    private static int refreshed;
    private Configuration conf = new Configuration(false);

    @Override
    public AccessToken getAccessToken() {
      return new AccessToken(TOKEN + refreshed, Instant.now().plusSeconds(3600));
    }

    @Override
    public void refresh() {
      refreshed++;
    }

    @Override
    public void setConf(Configuration changed) {
      conf = changed;
    }

    @Override
    public Configuration getConf() {
      return conf;
    }
  }

  private ScriptedGcs store;
  private LoginServer login;

  @BeforeEach
  void start() throws IOException {
    store = new ScriptedGcs();
    login =
        new LoginServer(
            asked ->
                asked.path().equals("/token")
                    ? "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3600}"
                    : null);
  }

  @AfterEach
  void stop() {
    store.close();
    login.close();
  }

  private Configuration conf(String... keysAndValues) {
    Configuration conf = new Configuration(false);
    conf.set("fs.gs.storage.root.url", store.url());
    conf.set("fs.gs.auth.type", "UNAUTHENTICATED");
    for (int pair = 0; pair < keysAndValues.length; pair += 2) {
      conf.set(keysAndValues[pair], keysAndValues[pair + 1]);
    }
    return conf;
  }

  private static StorageObject get(Configuration conf) throws IOException {
    try (GcsConnection connection = new GcsConnection(GcsClientSettings.of(conf))) {
      return get(connection);
    }
  }

  private static StorageObject get(GcsConnection connection) throws IOException {
    return connection.call(
        "b", client -> connection.object(client.objects().get("b", "k"), "b").execute());
  }

  @Test
  void nobodySendsNoToken() throws IOException {
    assertThat(get(conf()).getSize()).isEqualTo(3);
    assertThat(store.sent(0, "Authorization")).isEmpty();
    assertThat(store.targets()).containsExactly("/storage/v1/b/b/o/k");
  }

  @Test
  void aUserHasARefreshToken() throws IOException {
    Configuration conf =
        conf(
            "fs.gs.auth.type",
            "USER_CREDENTIALS",
            "fs.gs.auth.client.id",
            "me",
            "fs.gs.auth.client.secret",
            CLIENT,
            "fs.gs.auth.refresh.token",
            REFRESH,
            "fs.gs.token.server.url",
            login.url("/token"));
    get(conf);
    assertThat(store.sent(0, "Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(login.granted()).containsExactly("POST /token");
    GcsClientSettings settings = GcsClientSettings.of(conf);
    assertThat(settings + settings.identity()).doesNotContain(CLIENT).doesNotContain(REFRESH);
    assertThat(settings.isSameIdentity(GcsClientSettings.of(conf()))).isFalse();
  }

  @Test
  void theConnectorsGeneralNamesCountWhereItsOwnAreNotSet() throws IOException {
    Configuration conf = conf();
    conf.unset("fs.gs.auth.type");
    conf.set("google.cloud.auth.type", "ACCESS_TOKEN_PROVIDER");
    conf.set("google.cloud.auth.access.token.provider", Tokens.class.getName());
    get(conf);
    assertThat(store.sent(0, "Authorization")).startsWith("Bearer " + TOKEN);
  }

  @Test
  void aTokenThatIsRefusedIsRenewedOnce() throws IOException {
    store.answers(ScriptedGcs.Answer.refused(401, "authError", "Invalid Credentials"));
    get(
        conf(
            "fs.gs.auth.type",
            "ACCESS_TOKEN_PROVIDER",
            "fs.gs.auth.access.token.provider",
            Tokens.class.getName()));
    assertThat(store.targets()).hasSize(2);
    assertThat(store.sent(1, "Authorization")).isNotEqualTo(store.sent(0, "Authorization"));
  }

  @Test
  void aKeyFileSignsForATokenAndItsKeyIsNotTold() throws Exception {
    String key = Files.writeString(keyFile(), account()).toString();
    get(
        conf(
            "fs.gs.auth.type",
            "SERVICE_ACCOUNT_JSON_KEYFILE",
            "fs.gs.auth.service.account.json.keyfile",
            key,
            "fs.gs.token.server.url",
            login.url("/token")));
    assertThat(store.sent(0, "Authorization")).isEqualTo("Bearer " + TOKEN);

    String broken =
        Files.writeString(keyFile(), account().replace("-----BEGIN PRIVATE KEY-----", REFRESH))
            .toString();
    GcsCredentialsException failure =
        catchThrowableOfType(
            GcsCredentialsException.class,
            () ->
                get(
                    conf(
                        "fs.gs.auth.type",
                        "SERVICE_ACCOUNT_JSON_KEYFILE",
                        "fs.gs.auth.service.account.json.keyfile",
                        broken)));
    assertThat(failure.getMessage())
        .startsWith("there are no credentials: ")
        .doesNotContain(REFRESH);
  }

  private static Path keyFile() throws IOException {
    return TestDirectories.create("key").resolve("account.json");
  }

  private static String account() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    return "{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key_id\":\"1\","
        + "\"client_id\":\"1\",\"client_email\":\"a@b.iam\",\"private_key\":"
        + "\"-----BEGIN PRIVATE KEY-----\\n"
        + key
        + "\\n-----END PRIVATE KEY-----\\n\"}";
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(
            catchThrowableOfType(
                GcsCredentialsException.class,
                () ->
                    get(
                        conf(
                            "fs.gs.auth.type", "SERVICE_ACCOUNT_JSON_KEYFILE",
                            "fs.gs.auth.service.account.json.keyfile", "/no/such.json"))))
        .hasMessageContaining("/no/such.json is missing");
  }

  @Test
  void theAccountToActAsIsThatOfTheUserBeforeThatOfAll() throws IOException {
    String user = UserGroupInformation.getCurrentUser().getShortUserName();
    Configuration conf =
        conf(
            "fs.gs.auth.type", "ACCESS_TOKEN_PROVIDER",
            "fs.gs.auth.access.token.provider", Tokens.class.getName(),
            "fs.gs.auth.impersonation.service.account", "all@b.iam");
    assertThat(actsAs(conf)).isEqualTo("all@b.iam");
    conf.set("fs.gs.auth.impersonation.service.account.for.user." + user, "one@b.iam");
    assertThat(actsAs(conf)).isEqualTo("one@b.iam");
  }

  private static String actsAs(Configuration conf) throws IOException {
    GoogleCredentials made = new GcsCredentials(new GcsOptions(conf)).make(NetHttpTransport::new);
    return ((ImpersonatedCredentials) made).getAccount();
  }

  @Test
  void headersKeysAndNamesGoAlong() throws IOException {
    String key = TestSecrets.remember("dHN0U2VjcmV0MjdHY3NLZXlOZXZlclByaW50SXQyOA==");
    Configuration conf =
        conf(
            "fs.gs.storage.http.headers.X-Mine", "yes",
            "fs.gs.application.name.suffix", "/team",
            "fs.gs.encryption.algorithm", "AES256",
            "fs.gs.encryption.key", key,
            "fs.gs.encryption.key.hash", "aGFzaA==");
    get(conf);
    assertThat(store.sent(0, "X-mine")).isEqualTo("yes");
    assertThat(store.sent(0, "User-agent")).startsWith("flyte-hadoop/team");
    assertThat(store.sent(0, "X-goog-encryption-key")).isEqualTo(key);
    assertThat(store.sent(0, "X-goog-encryption-key-sha256")).isEqualTo("aGFzaA==");
    assertThat(GcsClientSettings.of(conf).encryption().toString()).isEqualTo("AES256");
  }

  @Test
  void whoeverAsksPaysOnceABucketWantsIt() throws IOException {
    store.answers(
        ScriptedGcs.Answer.refused(
            400, "required", "Bucket is a requester pays bucket but no user project provided."));
    Configuration conf =
        conf("fs.gs.requester.pays.mode", "AUTO", "fs.gs.requester.pays.project.id", "mine");
    try (GcsConnection connection = new GcsConnection(GcsClientSettings.of(conf))) {
      get(connection);
      get(connection);
    }
    assertThat(store.targets()).hasSize(3);
    assertThat(store.targets().get(0)).doesNotContain("userProject");
    assertThat(store.targets().subList(1, 3))
        .allMatch(target -> target.contains("userProject=mine"));
  }

  @Test
  void aRequestIsSentAgainAsOftenAsTheKeySays() throws IOException {
    ScriptedGcs.Answer busy = ScriptedGcs.Answer.refused(503, "backendError", "Try again");
    store.answers(busy, busy);
    Configuration conf = conf("fs.gs.http.max.retry", "2");
    try (GcsConnection connection = new GcsConnection(GcsClientSettings.of(conf))) {
      get(connection);
      assertThat(connection.requests()).isEqualTo(Map.of("GET", 3L));
      store.answers(busy, busy, busy);
      assertThat(
              catchThrowableOfType(HttpResponseException.class, () -> get(connection))
                  .getStatusCode())
          .isEqualTo(503);
    }
    assertThat(store.targets()).hasSize(6);
  }

  @Test
  void whatIsRefusedForGoodIsSentOnce() {
    store.answers(ScriptedGcs.Answer.refused(403, "forbidden", "no access"));
    assertThat(catchThrowableOfType(HttpResponseException.class, () -> get(conf()))).isNotNull();
    assertThat(store.targets()).hasSize(1);
  }

  @Test
  void whereNobodyListensAFewTriesAreEnough() {
    Configuration conf = conf();
    conf.set("fs.gs.storage.root.url", "http://127.0.0.1:" + ServerProcess.freePort());
    assertThat(catchThrowableOfType(IOException.class, () -> get(conf)))
        .hasMessageStartingWith("after 4 tries: ");
  }

  @Test
  void aProxyIsUsedWithItsLogin() throws IOException {
    int proxy = URI.create(store.url()).getPort();
    Configuration conf =
        conf(
            "fs.gs.storage.root.url",
            "http://gcs.example.org/",
            "fs.gs.proxy.address",
            "127.0.0.1:" + proxy,
            "fs.gs.proxy.username",
            "me",
            "fs.gs.proxy.password",
            REFRESH);
    store.answers(
        new ScriptedGcs.Answer(407, "{}", Map.of("Proxy-Authenticate", "Basic realm=\"x\"")));
    get(conf);
    assertThat(store.targets().get(1)).contains("/storage/v1/b/b/o/k");
    assertThat(store.sent(1, "Host")).isEqualTo("gcs.example.org");
    assertThat(store.sent(1, "Proxy-authorization")).startsWith("Basic ");
    assertThat(String.valueOf(GcsClientSettings.of(conf).proxies().named()))
        .isEqualTo("http://127.0.0.1:" + proxy + " (fs.gs.proxy.address)");
  }

  @Test
  void aValueThatNobodyKnowsIsNamed() {
    assertThat(
            catchThrowableOfType(
                ConfigException.class, () -> get(conf("fs.gs.auth.type", "MAGIC"))))
        .hasMessageContaining("fs.gs.auth.type")
        .hasMessageContaining("USER_CREDENTIALS");
  }
}
