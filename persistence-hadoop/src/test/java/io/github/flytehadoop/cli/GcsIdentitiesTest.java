/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.BearerGate;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.LoginServer;
import io.github.flytehadoop.testkit.LoginServer.Question;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
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
 * Whoever shows Google's login server what it wants to see gets a token, and with it everything:
 * the storage server is behind a gate that lets nobody through without it.
 */
@RequireStores("gcs")
@Tag("slow")
class GcsIdentitiesTest {
  /** What bin/flyte-data says to the one library that speaks to the JDK's logging. */
  private static final List<String> LOGGING =
      List.of("-Djava.util.logging.config.file=" + ProjectRoot.resolve("conf/logging.properties"));

  private static final String EMAIL = "worker@flyte-project.iam.gserviceaccount.com";
  private static final String BY_KEY = "POST /token";
  private static final String BY_IMPERSONATION =
      "POST /v1/projects/-/serviceAccounts/" + EMAIL + ":generateAccessToken";
  private static final String BY_MACHINE =
      "GET /computeMetadata/v1/instance/service-accounts/default/token";
  private static final String TOKEN = TestSecrets.remember("tstSecret12.GoogleTokenNeverPrintIt13");
  private static final String HELPER = "helper@flyte-project.iam.gserviceaccount.com";
  private static final String HELPERS_TOKEN =
      TestSecrets.remember("tstSecret13.HelperTokenNeverPrintIt14");

  private static KeyPair keys;
  private static LoginServer login;
  private static BearerGate gate;
  private static String bucket;
  private static String site;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    login = new LoginServer(GcsIdentitiesTest::answer);
    gate = new BearerGate(GcsServer.shared().uri(), TOKEN);
    bucket = GcsServer.shared().newBucket();
    site = site();
  }

  @AfterAll
  static void stop() {
    gate.close();
    login.close();
  }

  /** As the public documents describe them. */
  private static @Nullable String answer(Question asked) {
    String authorization = asked.headers().getOrDefault("Authorization", "");
    return switch (asked.method() + " " + asked.path()) {
      case BY_KEY -> {
        String assertion = asked.fields().getOrDefault("assertion", "");
        yield isSigned(assertion, EMAIL)
            ? token(TOKEN)
            : isSigned(assertion, HELPER) ? token(HELPERS_TOKEN) : null;
      }
      case BY_IMPERSONATION ->
          authorization.equals("Bearer " + HELPERS_TOKEN)
              ? "{\"accessToken\":\"" + TOKEN + "\",\"expireTime\":\"2099-01-01T00:00:00Z\"}"
              : null;
      case BY_MACHINE ->
          "Google".equals(asked.headers().get("Metadata-Flavor")) ? token(TOKEN) : null;
      case "GET /" -> "{}";
      default -> null;
    };
  }

  private static String token(String token) {
    return "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
  }

  private static boolean isSigned(String assertion, String by) {
    String[] parts = assertion.split("\\.");
    if (parts.length != 3) {
      return false;
    }
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims.contains("\"iss\":\"" + by + "\"");
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Where storage is, as a cluster with a private endpoint says it. */
  private static String site() throws IOException {
    Configuration core = new Configuration(false);
    core.set("fs.gs.storage.root.url", gate.url());
    core.set("fs.gs.storage.service.path", "storage/v1/");
    // what the server behind the gate lacks
    core.set("fs.gs.operation.move.enable", "false");
    core.set("fs.gs.hierarchical.namespace.folders.enable", "false");
    core.set("fs.gs.max.requests.per.batch", "1");
    Path directory = TestDirectories.create("site");
    try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
      core.writeXml(out);
    }
    return directory.toString();
  }

  private static String serviceAccount(String email) {
    String key =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getPrivate().getEncoded())
            .replace("\n", "\\n");
    String pem = "-----BEGIN PRIVATE KEY-----\\n" + key + "\\n-----END PRIVATE KEY-----\\n";
    return """
    {"type": "service_account", "project_id": "p", "private_key_id": "1", "client_id": "1",
     "client_email": "%s", "token_uri": "%s", "private_key": "%s"}
    """
        .formatted(email, login.url("/token"), pem);
  }

  private static String impersonation() {
    return """
    {"type": "impersonated_service_account", "service_account_impersonation_url": "%s",
     "source_credentials": %s}
    """
        .formatted(login.url(BY_IMPERSONATION.substring("POST ".length())), serviceAccount(HELPER));
  }

  private static String file(String text) throws IOException {
    Path file = TestDirectories.create("identity").resolve("file");
    Files.writeString(file, text);
    return file.toString();
  }

  private static Outcome doctor(Map<String, String> environment)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HADOOP_CONF_DIR", site);
    return Outcome.ofProcess(LOGGING, all, "doctor", "gs://" + bucket + "/dir");
  }

  private static void assertHealthy(Outcome outcome, String identity, String... logins) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains(identity)
        .containsPattern("ok +write")
        .containsPattern("ok +delete");
    assertThat(outcome.code()).as(outcome.out()).isZero();
    assertThat(login.granted()).contains(logins);
  }

  @Test
  void aKeyFileSignsForAToken() throws IOException, InterruptedException {
    String file = file(serviceAccount(EMAIL));
    assertHealthy(
        doctor(Map.of("FLYTE_GCP_SERVICE_ACCOUNT_KEY_FILE", file)),
        "SERVICE_ACCOUNT_JSON_KEYFILE of the file " + file,
        BY_KEY);
  }

  @Test
  void applicationDefaultCredentialsMayActAsAnother() throws IOException, InterruptedException {
    assertHealthy(
        doctor(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file(impersonation()))),
        "APPLICATION_DEFAULT",
        BY_KEY,
        BY_IMPERSONATION);
  }

  /** Google's library asks Google alone for such tokens, wherever the file says they are. */
  @Test
  void faultOfACredentialsFileIsOneLine() throws IOException, InterruptedException {
    String federation =
        """
        {"type": "external_account", "audience": "//iam.googleapis.com/projects/1/p/q",
         "subject_token_type": "urn:ietf:params:oauth:token-type:jwt", "token_url": "%s",
         "credential_source": {"file": "/token"}}
        """
            .formatted(login.url("/sts"));
    Outcome outcome = doctor(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file(federation)));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("token URL is invalid").contains("Fix: ");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void aMachineOfGoogleIsKnownByItsAddress() throws IOException, InterruptedException {
    assertHealthy(
        doctor(Map.of("GCE_METADATA_HOST", login.address())), "APPLICATION_DEFAULT", BY_MACHINE);
  }

  @Test
  void nobodyIsToldWhatToSet() throws IOException, InterruptedException {
    Outcome outcome = doctor(Map.of("NO_GCE_CHECK", "true"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("GOOGLE_APPLICATION_CREDENTIALS");
  }
}
