/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.LoginServer;
import io.github.flytehadoop.testkit.LoginServer.Question;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.extensions.CustomTokenProviderAdaptee;
import org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What each kind of identity shows a login server, and what its requests carry. */
@Rule("W-4")
class AzureIdentityTest {
  private static final String HOST = "acct.dfs.core.windows.net";
  private static final URI ROOT = URI.create("abfss://box@" + HOST + "/");
  private static final String OAUTH = "org.apache.hadoop.fs.azurebfs.oauth2.";
  private static final String TOKEN = TestSecrets.remember("tstSecret20AzureTokenNeverPrintIt21");
  private static final String SECRET = TestSecrets.remember("tstSecret21~AzureLoginNeverPrintIt22");
  private static final String SIGNATURE =
      TestSecrets.remember("sv=1&sig=tstSecret22AzureSignatureNeverPrint23");

  @TempDir Path directory;
  private final List<Question> questions = new CopyOnWriteArrayList<>();
  private long lifeSeconds = 3600;
  private LoginServer login;

  @BeforeEach
  void start() throws IOException {
    login =
        new LoginServer(
            asked -> {
              questions.add(asked);
              return "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(TOKEN, lifeSeconds);
            });
  }

  @AfterEach
  void stop() {
    login.close();
  }

  private static Configuration conf(String type, String... keysAndValues) {
    Configuration conf = new Configuration(false);
    conf.set("fs.azure.account.auth.type." + HOST, type);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      conf.set(keysAndValues[i], keysAndValues[i + 1]);
    }
    return conf;
  }

  private Configuration oauth(String provider, String... keysAndValues) {
    Configuration conf = conf("OAuth", keysAndValues);
    conf.set("fs.azure.account.oauth.provider.type." + HOST, OAUTH + provider);
    conf.set("fs.azure.account.oauth2.client.id." + HOST, "client");
    return conf;
  }

  /** A request as the pipeline hands it to the network, which this one never reaches. */
  private static HttpRequest signed(AzureIdentity identity, HttpMethod method, String url) {
    List<HttpRequest> sent = new ArrayList<>();
    HttpRequest request = new HttpRequest(method, url);
    request.setHeader(HttpHeaderName.CONTENT_LENGTH, "0");
    new HttpPipelineBuilder()
        .policies(identity.policy())
        .httpClient(
            last -> {
              sent.add(last);
              return Mono.empty();
            })
        .build()
        .sendSync(request, Context.NONE);
    return sent.get(0);
  }

  private static String authorization(AzureIdentity identity) {
    HttpRequest sent =
        signed(identity, HttpMethod.GET, "https://acct.blob.core.windows.net/box/key");
    return sent.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
  }

  private static AzureIdentity identity(Configuration conf) throws IOException {
    return AzureClientSettings.of(ROOT, conf).identity();
  }

  private Question asked(Configuration conf) throws IOException {
    AzureIdentity identity = identity(conf);
    assertThat(questions).as("before the first request").isEmpty();
    assertThat(authorization(identity)).isEqualTo("Bearer " + TOKEN);
    assertThat(questions).hasSize(1);
    return questions.get(0);
  }

  private static void assertAsked(Question question, String request, String... fields) {
    assertThat(question.method() + " " + question.path()).isEqualTo(request);
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      expected.put(fields[i], fields[i + 1]);
    }
    assertThat(question.fields()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/t/oauth2/token, resource, https://storage.azure.com/",
    "/t/oauth2/v2.0/token, scope, https://storage.azure.com/.default"
  })
  void aServicePrincipalShowsItsSecret(String path, String name, String audience)
      throws IOException {
    Configuration conf =
        oauth(
            "ClientCredsTokenProvider",
            "fs.azure.account.oauth2.client.secret." + HOST,
            SECRET,
            "fs.azure.account.oauth2.client.endpoint." + HOST,
            login.url(path));
    assertAsked(
        asked(conf),
        "POST " + path,
        "grant_type",
        "client_credentials",
        "client_id",
        "client",
        "client_secret",
        SECRET,
        name,
        audience);
  }

  @Test
  void aUserShowsAPassword() throws IOException {
    Configuration conf =
        oauth(
            "UserPasswordTokenProvider",
            "fs.azure.account.oauth2.user.name",
            "ann",
            "fs.azure.account.oauth2.user.password",
            SECRET,
            "fs.azure.account.oauth2.client.endpoint",
            login.url("/t/oauth2/token"));
    assertAsked(
        asked(conf),
        "POST /t/oauth2/token",
        "grant_type",
        "password",
        "client_id",
        "client",
        "username",
        "ann",
        "password",
        SECRET,
        "resource",
        "https://storage.azure.com/");
  }

  @Test
  void aUserShowsARefreshToken() throws IOException {
    Configuration conf =
        oauth(
            "RefreshTokenBasedTokenProvider",
            "fs.azure.account.oauth2.refresh.token",
            SECRET,
            "fs.azure.account.oauth2.refresh.token.endpoint",
            login.url("/Common/oauth2/token"));
    assertAsked(
        asked(conf),
        "POST /Common/oauth2/token",
        "grant_type",
        "refresh_token",
        "client_id",
        "client",
        "refresh_token",
        SECRET);
  }

  @Test
  void aPodShowsTheTokenInItsFile() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), SECRET + "\n");
    Configuration conf =
        oauth(
            "WorkloadIdentityTokenProvider",
            "fs.azure.account.oauth2.token.file",
            file.toString(),
            "fs.azure.account.oauth2.msi.tenant",
            "t",
            "fs.azure.account.oauth2.msi.authority",
            login.url("/"));
    assertAsked(
        asked(conf),
        "POST /t/oauth2/v2.0/token",
        "grant_type",
        "client_credentials",
        "client_id",
        "client",
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        SECRET,
        "scope",
        "https://storage.azure.com/.default");
  }

  @Test
  void aMachineIsKnownByItsAddress() throws IOException {
    Configuration conf =
        oauth(
            "MsiTokenProvider",
            "fs.azure.account.oauth2.msi.tenant",
            "t",
            "fs.azure.account.oauth2.msi.endpoint",
            login.url("/metadata/identity/oauth2/token"));
    Question question = asked(conf);
    assertAsked(
        question,
        "GET /metadata/identity/oauth2/token",
        "api-version",
        "2018-02-01",
        "resource",
        "https://storage.azure.com/",
        "authority",
        "https://login.microsoftonline.com/t",
        "client_id",
        "client");
    assertThat(question.headers()).containsEntry("Metadata", "true");
  }

  /** Of the user's, as it was written for ABFS. */
  public static final class OwnTokens implements CustomTokenProviderAdaptee {
    private String prefix = "";

    @Override
    public void initialize(Configuration conf, String account) {
      prefix = account + conf.get("own.prefix");
    }

    @Override
    public String getAccessToken() {
      return prefix + TOKEN;
    }

    @Override
    public Date getExpiryTime() {
      return Date.from(Instant.now().plusSeconds(3600));
    }
  }

  @Test
  void aClassOfTheUsersGivesTokens() throws IOException {
    Configuration conf =
        conf(
            "Custom",
            "fs.azure.account.oauth.provider.type",
            OwnTokens.class.getName(),
            "own.prefix",
            "-x-");
    assertThat(authorization(identity(conf))).isEqualTo("Bearer " + HOST + "-x-" + TOKEN);
  }

  @Test
  void aTokenIsKeptUntilItSoonExpires() throws IOException {
    Configuration conf =
        oauth(
            "RefreshTokenBasedTokenProvider",
            "fs.azure.account.oauth2.refresh.token",
            SECRET,
            "fs.azure.account.oauth2.refresh.token.endpoint",
            login.url("/token"));
    AzureIdentity identity = identity(conf);
    authorization(identity);
    authorization(identity);
    assertThat(questions).hasSize(1);
    lifeSeconds = 200;
    AzureIdentity shortLived = identity(conf);
    authorization(shortLived);
    authorization(shortLived);
    assertThat(questions).hasSize(3);
  }

  @Test
  void aTokenIsNotSentWithoutTls() throws IOException {
    AzureIdentity identity =
        identity(conf("Custom", "fs.azure.account.oauth.provider.type", OwnTokens.class.getName()));
    assertThat(catchThrowable(() -> signed(identity, HttpMethod.GET, "http://127.0.0.1:1/box/key")))
        .hasMessageContaining("over TLS alone")
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void anAccountKeySigns() throws IOException {
    AzureIdentity identity =
        identity(conf("SharedKey", "fs.azure.account.key." + HOST, TestSecrets.AZURE_ACCOUNT_KEY));
    assertThat(authorization(identity)).startsWith("SharedKey acct:");
  }

  @Test
  void aSignatureIsAddedToTheUrl() throws IOException {
    AzureIdentity identity = identity(conf("SAS", "fs.azure.sas.fixed.token", "?" + SIGNATURE));
    assertThat(signed(identity, HttpMethod.PUT, "https://h/box/key?comp=block").getUrl().getQuery())
        .isEqualTo("comp=block&" + SIGNATURE);
  }

  /** Of the user's, as it was written for ABFS. */
  public static final class OwnSignatures implements SASTokenProvider {
    @Override
    public void initialize(Configuration conf, String account) {}

    @Override
    public String getSASToken(String account, String container, String path, String operation) {
      return "sig=" + String.join("~", account, container, path, operation).replace(" ", "_");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sv=1&sig=a b", "sig=a\"b", "sig=a\nb", "sig=a#b"})
  @Rule("F82")
  void aSignatureThatNoAddressHoldsIsNotPrinted(String token) {
    Configuration conf = conf("SAS", "fs.azure.sas.fixed.token", token);
    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> identity(conf));
    assertThat(failure).hasMessageContaining("it is no query string").hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("sig=");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /box/a%20b/c, /a_b/c~write",
    "GET, /box/a%20b/c, /a_b/c~read",
    "HEAD, /box/a+b, /a+b~get-status",
    "DELETE, /box/box/c, /box/c~delete",
    "GET, /box?restype=container&comp=list, /~list"
  })
  void aClassOfTheUsersGivesASignatureForEachRequest(String method, String target, String said)
      throws IOException {
    AzureIdentity identity =
        identity(conf("SAS", "fs.azure.sas.token.provider.type", OwnSignatures.class.getName()));
    HttpRequest sent = signed(identity, HttpMethod.valueOf(method), "https://h" + target);
    assertThat(sent.getUrl().getQuery()).endsWith("sig=acct~box~" + said);
  }

  @Test
  void keysOfTheAccountWinOverPlainOnesAndThoseOfTheContainerOverBoth() throws IOException {
    Configuration conf =
        conf(
            "SAS",
            "fs.azure.account.auth.type",
            "SharedKey",
            "fs.azure.sas.fixed.token",
            "sig=plain",
            "fs.azure.sas.fixed.token." + HOST,
            "sig=account");
    String url = "https://h/box/key";
    assertThat(signed(identity(conf), HttpMethod.GET, url).getUrl().getQuery())
        .isEqualTo("sig=account");
    conf.set("fs.azure.sas.fixed.token.box." + HOST, "sig=container");
    assertThat(signed(identity(conf), HttpMethod.GET, url).getUrl().getQuery())
        .isEqualTo("sig=container");
    Configuration login =
        oauth(
            "RefreshTokenBasedTokenProvider",
            "fs.azure.account.oauth2.client.id",
            "another",
            "fs.azure.account.oauth2.refresh.token",
            "stale",
            "fs.azure.account.oauth2.refresh.token." + HOST,
            SECRET,
            "fs.azure.account.oauth2.refresh.token.endpoint",
            this.login.url("/token"));
    assertThat(asked(login).fields())
        .containsEntry("client_id", "client")
        .containsEntry("refresh_token", SECRET);
  }

  @Test
  void aSecretComesFromACredentialStore() throws Exception {
    String store = "localjceks://file" + directory.resolve("secrets.jceks");
    Configuration conf =
        conf("SharedKey", CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, store);
    CredentialProvider provider = CredentialProviderFactory.getProviders(conf).get(0);
    provider.createCredentialEntry(
        "fs.azure.account.key." + HOST, TestSecrets.AZURE_ACCOUNT_KEY.toCharArray());
    provider.flush();
    assertThat(authorization(identity(conf))).startsWith("SharedKey acct:");
  }

  @ParameterizedTest
  @CsvSource({
    "SharedKey, '', fs.azure.account.key.",
    "SAS, '', fs.azure.sas.fixed.token.",
    "OAuth, ClientCredsTokenProvider, fs.azure.account.oauth2.client.endpoint.",
    "OAuth, WorkloadIdentityTokenProvider, fs.azure.account.oauth2.msi.tenant."
  })
  void whatIsMissingIsNamed(String type, String provider, String key) {
    Configuration conf = conf(type, "fs.azure.account.oauth.provider.type", OAUTH + provider);
    assertThat(catchThrowableOfType(AzureLoginException.class, () -> identity(conf)))
        .hasMessage(key + HOST + " is not set");
  }

  @Test
  void aKeyThatIsNoBase64IsRefusedUnseen() {
    Configuration conf = conf("SharedKey", "fs.azure.account.key", SECRET);
    assertThat(catchThrowableOfType(ConfigException.class, () -> identity(conf)))
        .hasMessageContaining("fs.azure.account.key")
        .hasMessageContaining("Base64")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void nothingOfASecretIsShown() throws IOException {
    Configuration conf =
        conf(
            "SharedKey",
            "fs.azure.account.key." + HOST,
            TestSecrets.AZURE_ACCOUNT_KEY,
            "fs.azure.encryption.encoded.client-provided-key",
            TestSecrets.AZURE_ACCOUNT_KEY);
    AzureClientSettings settings = AzureClientSettings.of(ROOT, conf);
    assertThat(settings + " " + settings.identity() + " " + AzureClientSettings.options(ROOT, conf))
        .doesNotContain(TestSecrets.AZURE_ACCOUNT_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.flyte.client=hadoop",
        "fs.abfss.impl=org.example.Own",
        "fs.azure.account.keyprovider=org.example.Own",
        "fs.azure.encryption.context.provider.type=org.example.Own",
        "fs.azure.account.oauth2.client.assertion.provider.type=org.example.Own"
      })
  void whatOnlyAbfsDoesIsLeftToIt(String setting) {
    String[] keyAndValue = setting.split("=", 2);
    Configuration conf = conf("SharedKey", keyAndValue[0], keyAndValue[1]);
    assertThat(AzureClients.needsHadoop(ROOT, conf)).hasValue(setting);
    conf.unset(keyAndValue[0]);
    assertThat(AzureClients.needsHadoop(ROOT, conf)).isEmpty();
  }

  @Test
  void kindsOfIdentityThatOnlyAbfsKnowsAreLeftToIt() {
    assertThat(AzureClients.needsHadoop(ROOT, conf("UserboundSASWithOAuth")))
        .hasValue("fs.azure.account.auth.type=userboundsaswithoauth");
    assertThat(AzureClients.needsHadoop(ROOT, oauth("SomeTokenProvider")))
        .hasValue("fs.azure.account.oauth.provider.type=SomeTokenProvider");
    assertThat(AzureClients.needsHadoop(ROOT, oauth("MsiTokenProvider"))).isEmpty();
  }
}
