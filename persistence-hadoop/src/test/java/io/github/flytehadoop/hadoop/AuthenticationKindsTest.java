/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.GCSConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.azure.AzureSettings;
import io.github.flytehadoop.hadoop.gcs.GcsSettings;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.hadoop.s3.S3Settings;
import io.github.flytehadoop.testkit.Rule;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to say who asks, and all Hadoop keys that come of it: these, and no other. */
class AuthenticationKindsTest {
  private static final String ACCOUNT = ".acct.dfs.core.windows.net";
  private static final String HADOOP = "org.apache.hadoop.fs.s3a.";
  private static final String SDK = "software.amazon.awssdk.auth.credentials.";
  private static final String OAUTH = "org.apache.hadoop.fs.azurebfs.oauth2.";

  /** The keys that decide about identity, as the clients' documentation names them. */
  private static final Pattern IDENTITY =
      Pattern.compile(
          "fs\\.s3a\\.(bucket\\..*)?(access\\.key|secret\\.key|session\\.token"
              + "|aws\\.credentials\\.provider|delegation\\.token\\.binding)"
              + "|fs\\.gs\\.auth\\..*"
              + "|fs\\.azure\\.(account\\.(auth|key|oauth).*|sas\\..*)");

  /** What configures a store without saying who asks. */
  private static final Set<String> NO_IDENTITY =
      Set.of(
          "S3Config.enableDebug",
          "S3Config.endpoint",
          "S3Config.retries",
          "S3Config.backoff",
          "S3Config.addressingStyle",
          "S3Config.region",
          "GCSConfig.gsutilParallelism",
          "GCSConfig.projectId",
          "GCSConfig.endpoint",
          "AzureBlobStorageConfig.endpoint");

  private record Kind(
      String name, DataConfig config, Map<String, String> environment, Access access) {
    static Kind of(String name, DataConfig config) {
      return new Kind(name, config, Map.of(), Access.CREDENTIALS);
    }

    Kind in(Map<String, String> variables) {
      return new Kind(name, config, variables, access);
    }

    Kind anonymous() {
      return new Kind(name, config, environment, Access.ANONYMOUS);
    }

    Overlay overlay() {
      boolean signs = access == Access.CREDENTIALS;
      return switch (name.substring(0, name.indexOf(' '))) {
        case "S3" ->
            signs
                ? S3Settings.withCredentials(config.s3(), environment, Profile.SHARED)
                : S3Settings.anonymous(config.s3(), environment, Profile.SHARED, "b");
        case "GCS" ->
            signs
                ? GcsSettings.withCredentials(config, environment, Profile.SHARED)
                : GcsSettings.anonymous(config, environment, Profile.SHARED);
        default -> AzureSettings.withCredentials(config, environment, Profile.SHARED);
      };
    }

    Row gives(String... keysAndValues) {
      SortedMap<String, String> keys = new TreeMap<>();
      for (int i = 0; i < keysAndValues.length; i += 2) {
        keys.put(keysAndValues[i], keysAndValues[i + 1]);
      }
      return new Row(this, keys);
    }
  }

  private record Row(Kind kind, SortedMap<String, String> keys) {
    @Override
    public String toString() {
      return kind.name;
    }
  }

  private static DataConfig s3(Function<S3Config.Builder, S3Config.Builder> settings) {
    return DataConfig.builder().s3(settings.apply(S3Config.builder()).build()).build();
  }

  private static DataConfig gcs(Function<GCSConfig.Builder, GCSConfig.Builder> settings) {
    return DataConfig.builder().gcs(settings.apply(GCSConfig.builder()).build()).build();
  }

  private static DataConfig azure(
      Function<AzureBlobStorageConfig.Builder, AzureBlobStorageConfig.Builder> settings) {
    return DataConfig.builder()
        .azure(settings.apply(AzureBlobStorageConfig.builder().accountName("acct")).build())
        .build();
  }

  static Stream<Row> rows() {
    return Stream.of(s3Rows(), gcsRows(), azureRows()).flatMap(List::stream);
  }

  private static List<Row> s3Rows() {
    String provider = "fs.s3a.aws.credentials.provider";
    String nobody = HADOOP + "AnonymousAWSCredentialsProvider";
    String chain =
        String.join(
            ",",
            HADOOP + "TemporaryAWSCredentialsProvider",
            HADOOP + "SimpleAWSCredentialsProvider",
            SDK + "EnvironmentVariableCredentialsProvider",
            SDK + "WebIdentityTokenFileCredentialsProvider",
            SDK + "ProfileCredentialsProvider");
    return List.of(
        Kind.of("S3 key pair", s3(c -> c.accessKeyId("AKIA").secretAccessKey("shh")))
            .gives(
                "fs.s3a.access.key",
                "AKIA",
                "fs.s3a.secret.key",
                "shh",
                provider,
                HADOOP + "SimpleAWSCredentialsProvider"),
        Kind.of(
                "S3 temporary key pair",
                s3(c -> c.accessKeyId("AKIA").secretAccessKey("shh").sessionToken("tok")))
            .gives(
                "fs.s3a.access.key",
                "AKIA",
                "fs.s3a.secret.key",
                "shh",
                "fs.s3a.session.token",
                "tok",
                provider,
                HADOOP + "TemporaryAWSCredentialsProvider"),
        Kind.of("S3 environment, web identity, profile or instance", s3(c -> c))
            .gives(provider, chain + "," + HADOOP + "auth.IAMInstanceCredentialsProvider"),
        Kind.of("S3 machine without instance metadata", s3(c -> c))
            .in(Map.of("AWS_EC2_METADATA_DISABLED", "true"))
            .gives(provider, chain),
        Kind.of("S3 nobody", s3(c -> c.accessKeyId("AKIA").secretAccessKey("shh")))
            .anonymous()
            .gives(
                provider,
                nobody,
                "fs.s3a.delegation.token.binding",
                "",
                "fs.s3a.bucket.b.aws.credentials.provider",
                nobody,
                "fs.s3a.bucket.b.delegation.token.binding",
                ""));
  }

  private static List<Row> gcsRows() {
    String type = "fs.gs.auth.type";
    return List.of(
        Kind.of("GCS application default, workload identity included", gcs(c -> c))
            .gives(type, "APPLICATION_DEFAULT"),
        Kind.of("GCS key file", gcs(c -> c.serviceAccountKeyFile("/key.json")))
            .gives(
                type,
                "SERVICE_ACCOUNT_JSON_KEYFILE",
                "fs.gs.auth.service.account.json.keyfile",
                "/key.json"),
        Kind.of("GCS impersonation", gcs(c -> c.impersonateServiceAccount("other@p.example")))
            .gives(
                type,
                "APPLICATION_DEFAULT",
                "fs.gs.auth.impersonation.service.account",
                "other@p.example"),
        Kind.of("GCS emulator", gcs(c -> c.endpoint("http://127.0.0.1:1")))
            .gives(type, "UNAUTHENTICATED"),
        Kind.of("GCS nobody", gcs(c -> c.serviceAccountKeyFile("/key.json")))
            .anonymous()
            .gives(type, "UNAUTHENTICATED", "fs.gs.auth.impersonation.service.account", ""));
  }

  private static List<Row> azureRows() {
    String type = "fs.azure.account.auth.type" + ACCOUNT;
    String provider = "fs.azure.account.oauth.provider.type" + ACCOUNT;
    String client = "fs.azure.account.oauth2.client.id" + ACCOUNT;
    return List.of(
        Kind.of("Azure account key", azure(c -> c.accountKey("a2V5")))
            .gives(type, "SharedKey", "fs.azure.account.key" + ACCOUNT, "a2V5"),
        Kind.of(
                "Azure service principal",
                azure(c -> c.tenantId("t").clientId("c").clientSecret("shh")))
            .gives(
                type,
                "OAuth",
                provider,
                OAUTH + "ClientCredsTokenProvider",
                client,
                "c",
                "fs.azure.account.oauth2.client.secret" + ACCOUNT,
                "shh",
                "fs.azure.account.oauth2.client.endpoint" + ACCOUNT,
                "https://login.microsoftonline.com/t/oauth2/token"),
        Kind.of("Azure shared access signature", azure(c -> c.sasToken("?sv=1&sig=x")))
            .gives(type, "SAS", "fs.azure.sas.fixed.token" + ACCOUNT, "sv=1&sig=x"),
        Kind.of("Azure managed identity", azure(c -> c))
            .gives(type, "OAuth", provider, OAUTH + "MsiTokenProvider"),
        Kind.of("Azure managed identity by name", azure(c -> c.tenantId("t").clientId("c")))
            .gives(
                type,
                "OAuth",
                provider,
                OAUTH + "MsiTokenProvider",
                "fs.azure.account.oauth2.msi.tenant" + ACCOUNT,
                "t",
                client,
                "c"),
        Kind.of("Azure workload identity", azure(c -> c))
            .in(
                Map.of(
                    "AZURE_FEDERATED_TOKEN_FILE", "/token",
                    "AZURE_TENANT_ID", "t",
                    "AZURE_CLIENT_ID", "c",
                    "AZURE_AUTHORITY_HOST", "https://login.example/"))
            .gives(
                type,
                "OAuth",
                provider,
                OAUTH + "WorkloadIdentityTokenProvider",
                "fs.azure.account.oauth2.token.file" + ACCOUNT,
                "/token",
                "fs.azure.account.oauth2.msi.tenant" + ACCOUNT,
                "t",
                "fs.azure.account.oauth2.msi.authority" + ACCOUNT,
                "https://login.example/",
                client,
                "c"));
  }

  @Rule({"OPT-S3-2", "OPT-S3-3", "OPT-S3-6", "OPT-AZ-1", "OPT-SO", "W-4"})
  @ParameterizedTest
  @MethodSource("rows")
  void aKindOfIdentityIsTheseKeysAndNoOthers(Row row) {
    SortedMap<String, String> identity = new TreeMap<>(row.kind.overlay().values());
    identity.keySet().removeIf(key -> !IDENTITY.matcher(key).matches());
    assertThat(identity).isEqualTo(row.keys);
  }

  @Test
  void everyComponentOfDataConfigIsInARowOrSaysNothingAboutIdentity()
      throws ReflectiveOperationException {
    Set<String> all = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    for (Row row : rows().toList()) {
      DataConfig config = row.kind.config;
      DataConfig none = DataConfig.defaults();
      collect(config.s3(), none.s3(), all, used);
      collect(config.gcs(), none.gcs(), all, used);
      collect(config.azure(), none.azure(), all, used);
    }
    used.remove("GCSConfig.endpoint"); // an emulator's row needs one
    Set<String> said = new TreeSet<>(used);
    said.addAll(NO_IDENTITY);
    assertThat(used).doesNotContainAnyElementsOf(NO_IDENTITY);
    assertThat(said).isEqualTo(all);
  }

  private static void collect(Record config, Record none, Set<String> all, Set<String> used)
      throws ReflectiveOperationException {
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      String name = config.getClass().getSimpleName() + "." + component.getName();
      all.add(name);
      Object value = component.getAccessor().invoke(config);
      if (!Objects.equals(value, component.getAccessor().invoke(none))) {
        used.add(name);
      }
    }
  }

  @Test
  void everyKeyOfIdentityThatThisLibrarySetsIsInARow() {
    Set<String> written = new TreeSet<>();
    rows().forEach(row -> row.keys.keySet().forEach(key -> written.add(key.replace(ACCOUNT, ""))));
    // users alone set these, and they are known only to be kept secret
    Set<String> onlyMasked =
        Set.of(
            "fs.gs.auth.client.secret",
            "fs.gs.auth.refresh.token",
            "fs.azure.account.oauth2.user.password",
            "fs.azure.account.oauth2.refresh.token");
    assertThat(SecretMasking.table().map(row -> row.key()).filter(IDENTITY.asMatchPredicate()))
        .allSatisfy(
            key -> assertThat(written.contains(key) || onlyMasked.contains(key)).as(key).isTrue());
  }
}
