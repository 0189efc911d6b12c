/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import io.github.flytehadoop.testkit.Rule;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureSettingsTest {
  private static final String ACCT = ".acct.dfs.core.windows.net";
  private static final String OTHER = ".other.dfs.core.windows.net";
  private static final String OAUTH = "org.apache.hadoop.fs.azurebfs.oauth2.";

  @Rule("OPT-AZ-1")
  @Test
  void accountKey() {
    assertThat(auth(shared(c -> c.accountName("acct").accountKey("a2V5"), Map.of())))
        .containsOnly(
            Map.entry("fs.azure.account.auth.type" + ACCT, "SharedKey"),
            Map.entry("fs.azure.account.key" + ACCT, "a2V5"));
  }

  @Rule("OPT-AZ-1")
  @Test
  void servicePrincipal() {
    assertThat(
            auth(
                shared(
                    c -> c.accountName("acct").tenantId("t1").clientId("c1").clientSecret("shh"),
                    Map.of())))
        .containsOnly(
            Map.entry("fs.azure.account.auth.type" + ACCT, "OAuth"),
            Map.entry(
                "fs.azure.account.oauth.provider.type" + ACCT, OAUTH + "ClientCredsTokenProvider"),
            Map.entry("fs.azure.account.oauth2.client.id" + ACCT, "c1"),
            Map.entry("fs.azure.account.oauth2.client.secret" + ACCT, "shh"),
            Map.entry(
                "fs.azure.account.oauth2.client.endpoint" + ACCT,
                "https://login.microsoftonline.com/t1/oauth2/token"));
  }

  @Rule("OPT-AZ-1")
  @Test
  void theAccountKeyWinsOverTheServicePrincipalAndThatOverTheSignature() {
    UnaryOperator<AzureBlobStorageConfig.Builder> principal =
        c ->
            c.accountName("acct").tenantId("t").clientId("c").clientSecret("shh").sasToken("sig=1");
    assertThat(shared(principal, Map.of()).values())
        .containsEntry("fs.azure.account.auth.type" + ACCT, "OAuth")
        .doesNotContainKey("fs.azure.sas.fixed.token" + ACCT);
    assertThat(shared(c -> principal.apply(c).accountKey("a2V5"), Map.of()).values())
        .containsEntry("fs.azure.account.auth.type" + ACCT, "SharedKey")
        .doesNotContainValue("shh");
  }

  @Rule("W-4")
  @Test
  void sharedAccessSignature() {
    assertThat(auth(shared(c -> c.accountName("acct").sasToken("?sv=1&sig=x"), Map.of())))
        .containsOnly(
            Map.entry("fs.azure.account.auth.type" + ACCT, "SAS"),
            Map.entry("fs.azure.sas.fixed.token" + ACCT, "sv=1&sig=x"));
  }

  @Rule("W-4")
  @Test
  void workloadIdentity() {
    Map<String, String> environment =
        Map.of(
            "AZURE_FEDERATED_TOKEN_FILE", "/var/t",
            "AZURE_TENANT_ID", "t1",
            "AZURE_CLIENT_ID", "c1",
            "AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/");
    Overlay overlay = shared(c -> c.accountName("acct"), environment);
    assertThat(auth(overlay))
        .containsOnly(
            Map.entry("fs.azure.account.auth.type" + ACCT, "OAuth"),
            Map.entry(
                "fs.azure.account.oauth.provider.type" + ACCT,
                OAUTH + "WorkloadIdentityTokenProvider"),
            Map.entry("fs.azure.account.oauth2.token.file" + ACCT, "/var/t"),
            Map.entry("fs.azure.account.oauth2.msi.tenant" + ACCT, "t1"),
            Map.entry(
                "fs.azure.account.oauth2.msi.authority" + ACCT,
                "https://login.microsoftonline.us/"),
            Map.entry("fs.azure.account.oauth2.client.id" + ACCT, "c1"));
  }

  @Rule("W-4")
  @Test
  void managedIdentityGivesWayToAnAccountKeyOfTheUser() {
    Overlay overlay = shared(c -> c.accountName("acct").clientId("c1"), Map.of());
    assertThat(auth(overlay))
        .containsOnly(
            Map.entry("fs.azure.account.auth.type" + ACCT, "OAuth"),
            Map.entry("fs.azure.account.oauth.provider.type" + ACCT, OAUTH + "MsiTokenProvider"),
            Map.entry("fs.azure.account.oauth2.client.id" + ACCT, "c1"));
    assertThat(overlay.givesWayTo().get("fs.azure.account.auth.type" + ACCT))
        .contains(
            "fs.azure.account.key" + ACCT, "fs.azure.account.key", "fs.azure.account.auth.type");
  }

  @Test
  void nothingIsSaidAboutCredentialsWhenNothingIsKnown() {
    assertThat(auth(shared(c -> c, Map.of("AZURE_FEDERATED_TOKEN_FILE", "/t")))).isEmpty();
  }

  @Test
  void credentialsWithoutAnAccountAreForWhateverAccountComes() {
    assertThat(auth(shared(c -> c.accountKey("a2V5"), Map.of())))
        .containsOnly(
            Map.entry("fs.azure.account.auth.type", "SharedKey"),
            Map.entry("fs.azure.account.key", "a2V5"));
  }

  @Rule("W-3")
  @Test
  void aKeyStaysWithItsAccountAndAPrincipalGoesAnywhere() {
    DataConfig config =
        config(
            c ->
                c.accountName("acct")
                    .accountKey("a2V5")
                    .tenantId("t")
                    .clientId("c")
                    .clientSecret("shh"));
    Overlay other =
        AzureSettings.withCredentials(config, Map.of(), Profile.ENGINE, OTHER.substring(1));
    assertThat(other.values())
        .containsEntry("fs.azure.account.auth.type" + OTHER, "OAuth")
        .containsEntry("fs.azure.account.oauth2.client.secret" + OTHER, "shh")
        .doesNotContainValue("a2V5");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, c, tenantId", "t, -, clientId"})
  void anIncompletePrincipalIsRefused(String tenant, String client, String missing) {
    assertThatThrownBy(
            () ->
                shared(
                    c ->
                        c.accountName("acct").tenantId(tenant).clientId(client).clientSecret("shh"),
                    Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AzureBlobStorageConfig." + missing)
        .hasMessageNotContaining("shh");
  }

  @Test
  void anEmulatorIsReachedInClearAndByPath() {
    Overlay overlay =
        shared(
            c -> c.endpoint("http://127.0.0.1:10000/devstoreaccount1").accountKey("a2V5"),
            Map.of());
    String account = ".devstoreaccount1.dfs.core.windows.net";
    assertThat(overlay.values())
        .containsEntry("fs.azure.abfs.endpoint" + account, "127.0.0.1:10000")
        .containsEntry("fs.azure.always.use.https", "false")
        .containsEntry("fs.azure.account.hns.enabled" + account, "false")
        .containsEntry("fs.azure.fns.account.service.type" + account, "BLOB")
        .containsEntry("fs.azure.networking.library" + account, "JDK_HTTP_URL_CONNECTION")
        .containsEntry("fs.azure.account.key" + account, "a2V5");
  }

  @Test
  void anotherCloudHasItsOwnHosts() {
    Overlay overlay =
        shared(
            c -> c.endpoint("https://acct.blob.core.usgovcloudapi.net").accountKey("a2V5"),
            Map.of());
    assertThat(overlay.values())
        .containsEntry("fs.azure.account.key.acct.dfs.core.usgovcloudapi.net", "a2V5")
        .doesNotContainKey("fs.azure.always.use.https");
  }

  @Test
  void endpointAndAccountNameMustAgree() {
    assertThatThrownBy(
            () ->
                shared(
                    c -> c.endpoint("https://one.blob.core.windows.net").accountName("two"),
                    Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("one")
        .hasMessageContaining("two");
  }

  @Rule("W-2")
  @Test
  void retries() {
    DataConfig asked =
        DataConfig.builder()
            .s3(S3Config.builder().retries(4).backoff(Duration.ofSeconds(8)).build())
            .build();
    assertThat(AzureSettings.withCredentials(asked, Map.of(), Profile.SHARED).values())
        .containsEntry("fs.azure.io.retry.max.retries", "4")
        .containsEntry("fs.azure.io.retry.backoff.interval", "1000")
        .containsEntry("fs.azure.io.retry.max.backoff.interval", "8000");
    assertThat(shared(c -> c, Map.of()).values())
        .doesNotContainKey("fs.azure.io.retry.max.retries");
    assertThat(
            AzureSettings.withCredentials(DataConfig.defaults(), Map.of(), Profile.ENGINE).values())
        .containsEntry("fs.azure.io.retry.max.retries", "8");
    DataConfig never = DataConfig.builder().s3(S3Config.builder().retries(0).build()).build();
    assertThat(AzureSettings.withCredentials(never, Map.of(), Profile.ENGINE).values())
        .containsEntry("fs.azure.io.retry.max.retries", "0");
  }

  @Test
  void theEngineProfileAddsItsTuning() {
    assertThat(
            AzureSettings.withCredentials(DataConfig.defaults(), Map.of(), Profile.ENGINE).values())
        .containsEntry("fs.azure.write.enableappendwithflush", "true")
        .containsEntry("fs.azure.enable.conditional.create.overwrite", "false")
        .containsEntry("fs.azure.skipUserGroupMetadataDuringInitialization", "true")
        .containsEntry("fs.azure.ssl.channel.mode", "Default_JSSE")
        .containsEntry("fs.abfs.impl.disable.cache", "true")
        .containsEntry("fs.abfss.impl.disable.cache", "true");
  }

  private static Map<String, String> auth(Overlay overlay) {
    Map<String, String> found = new java.util.TreeMap<>(overlay.values());
    found
        .keySet()
        .removeIf(key -> !key.startsWith("fs.azure.account.") && !key.startsWith("fs.azure.sas."));
    return found;
  }

  private static Overlay shared(
      UnaryOperator<AzureBlobStorageConfig.Builder> change, Map<String, String> environment) {
    return AzureSettings.withCredentials(config(change), environment, Profile.SHARED);
  }

  private static DataConfig config(UnaryOperator<AzureBlobStorageConfig.Builder> change) {
    return DataConfig.builder()
        .azure(change.apply(AzureBlobStorageConfig.builder()).build())
        .build();
  }
}
