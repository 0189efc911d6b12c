/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlConfigTest {
  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  @Test
  @Rule({"CFG-16", "W-43"})
  void readsTheFileThatFlytectlWritesForTheSandbox() {
    resolution.yaml(
        """
        admin:
          endpoint: localhost:30080
          insecure: true
        logger: {show-source: true, level: 0}
        storage:
          type: minio
          container: my-s3-bucket
          enable-multicontainer: true
          connection:
            endpoint: http://localhost:30002
            access-key: minio
            secret-key: miniostorage
            auth-type: accesskey
            disable-ssl: true
            region: us-east-1
            addressing-style: path
        """);
    assertThat(resolution.s3())
        .isEqualTo(
            DataConfig.sandbox().s3().toBuilder()
                .region("us-east-1")
                .addressingStyle(AddressingStyle.PATH)
                .build());
    assertThat(resolution.warnings).isEmpty();
  }

  @Test
  @Rule("W-43")
  void iamLeavesTheCredentialsToTheStoreClient() {
    resolution.yaml(
        "storage: {connection: {auth-type: iam, access-key: old, secret-key: old, region: r}}");
    assertThat(resolution.s3()).isEqualTo(S3Config.builder().region("r").build());
    resolution.yaml(
        "storage: {stow: {kind: s3, config: {auth_type: iam, access_key_id: old, secret_key: old, region: r}}}");
    assertThat(resolution.s3()).isEqualTo(S3Config.builder().region("r").build());
  }

  @Test
  @Rule("W-43")
  void anotherWayToAuthenticateIsRefused() {
    resolution.yaml("storage: {connection: {auth-type: kerberos, access-key: a}}");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("storage.connection.auth-type")
        .withMessageContaining("iam, accesskey");
  }

  @ParameterizedTest
  @CsvSource({
    "minio:9000,true,http://minio:9000", "minio:9000,false,https://minio:9000",
    "http://minio:9000,false,http://minio:9000", "https://minio,true,https://minio"
  })
  @Rule("W-43")
  void disableSslGivesAnEndpointItsScheme(String endpoint, String disable, String expected) {
    resolution.yaml(
        "storage: {connection: {endpoint: '" + endpoint + "', disable-ssl: " + disable + "}}");
    assertThat(resolution.s3().endpoint()).isEqualTo(expected);
    resolution.yaml(
        "storage: {stow: {config: {endpoint: '"
            + endpoint
            + "', disable_ssl: '"
            + disable
            + "'}}}");
    assertThat(resolution.s3().endpoint()).isEqualTo(expected);
  }

  @Test
  void anEndpointWithoutSchemeIsRefusedOtherwise() {
    resolution.yaml("storage: {connection: {endpoint: 'minio:9000'}}");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("given.yaml storage.connection.endpoint")
        .withMessageContaining("http://HOST:PORT");
  }

  @Test
  @Rule({"W-4", "W-43"})
  void stowDescribesAzureAndGoogle() {
    resolution.yaml(
        """
        storage:
          type: stow
          stow:
            kind: azure
            config: {account: acct, key: test-secret-10, tenant_id: t, client_id: c, client_secret: s, sas_token: sas}
        """);
    assertThat(resolution.config())
        .isEqualTo(
            DataConfig.builder()
                .azure(
                    AzureBlobStorageConfig.builder()
                        .accountName("acct")
                        .accountKey("test-secret-10")
                        .tenantId("t")
                        .clientId("c")
                        .clientSecret("s")
                        .sasToken("sas")
                        .build())
                .build());
    resolution.yaml(
        """
        storage:
          stow:
            kind: google
            config: {json: /var/key.json, project_id: p, scopes: all}
        """);
    assertThat(resolution.config().gcs())
        .isEqualTo(new GCSConfig(false, "p", null, "/var/key.json"));
    assertThat(resolution.config().azure()).isEqualTo(AzureBlobStorageConfig.defaults());
    assertThat(resolution.warnings).isEmpty();
  }

  @Test
  @Rule("W-43")
  void stowIsReadOnlyIfTheTypeSaysSo() {
    String stow = ", stow: {kind: s3, config: {region: stow}}}";
    assertThat(resolution.yaml("storage: {type: stow" + stow).s3().region()).isEqualTo("stow");
    assertThat(resolution.yaml("storage: {type: s3" + stow).s3().region()).isNull();
    assertThat(
            resolution
                .yaml("storage: {type: stow, connection: {region: first}" + stow)
                .s3()
                .region())
        .isEqualTo("first");
    assertThat(
            resolution.yaml("storage: {stow: {kind: oracle, config: {region: r}}}").s3().region())
        .isNull();
  }

  @Test
  @Rule("B69")
  void theTextOfAGoogleKeyIsRefusedUnseen() {
    resolution.yaml(
        "storage: {stow: {kind: google, config: {json: '{\"private_key\": \"test-secret-11\"}'}}}");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("storage.stow.config.json")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("test-secret"));
  }

  @Test
  void aValueIsTheTextAsWritten() {
    resolution.yaml("storage: {connection: {access-key: 0123, secret-key: 1e3, region: no}}");
    assertThat(resolution.s3())
        .isEqualTo(
            S3Config.builder().accessKeyId("0123").secretAccessKey("1e3").region("no").build());
    resolution.yaml(
        "storage: {connection: {access-key: !!int x, secret-key: !!binary '*', region: 2001-01-01}}");
    assertThat(resolution.s3())
        .isEqualTo(
            S3Config.builder().accessKeyId("x").secretAccessKey("*").region("2001-01-01").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "~", "''", "[]", "{}"})
  @Rule("CFG-3")
  void nothingIsNotSet(String text) {
    resolution.yaml("storage: {connection: {endpoint: " + text + ", retries: " + text + "}}");
    assertThat(resolution.s3()).isEqualTo(S3Config.defaults());
    assertThat(resolution.origin(ConfigKey.S3_ENDPOINT)).isEqualTo(new Origin.Default());
  }

  @ParameterizedTest
  @CsvSource({
    "true,true",
    "yes,true",
    "on,true",
    "false,false",
    "No,false",
    "off,false",
    "0,false"
  })
  @Rule({"CFG-3", "CFG-6"})
  void booleansAreReadAsInTheEnvironment(String text, boolean value) {
    resolution.yaml("storage: {connection: {enable-debug: " + text + "}}");
    assertThat(resolution.s3().enableDebug()).isEqualTo(value);
    assertThat(resolution.origin(ConfigKey.S3_ENABLE_DEBUG)).isInstanceOf(Origin.Yaml.class);
  }

  @Test
  @Rule("W-40")
  void zeroIsAValue() {
    resolution.yaml("storage: {connection: {retries: 0, backoff-seconds: 0}}");
    assertThat(resolution.s3().retries()).isZero();
    assertThat(resolution.s3().backoff()).isZero();
  }

  @Test
  void aListIsRefused() {
    resolution.yaml("storage: {connection: {endpoint: [a, b]}}");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("storage.connection.endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.yaml", "config.yml", "myyaml"})
  @Rule("CFG-12")
  void aNameThatEndsInYamlIsYaml(String name) {
    resolution.file(directory.resolve(name), "storage: {connection: {region: r}}");
    assertThat(resolution.s3().region()).isEqualTo("r");
  }

  @Test
  @Rule("CFG-13")
  void aMissingFileIsAnError() {
    resolution.missing(directory.resolve("missing.yaml"));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("missing.yaml")
        .withMessageContaining("no such file");
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "storage: [test-secret-12",
        "a: b: test-secret-12",
        "\tx: 1",
        "--- 1\n--- 2",
        "!!javax.script.ScriptEngineManager [test-secret-12]",
        "x: !!python/object:os.system test-secret-12",
        "x: !!int [test-secret-12]",
        "!!map x"
      })
  @Rule({"B91", "CFG-13"})
  void aSyntaxErrorIsAnErrorThatDoesNotRepeatTheText(String text) {
    resolution.yaml(text).env("FLYTE_AWS_REGION", "r");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("given.yaml")
        .withMessageContaining("not valid YAML")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("test-secret"));
  }

  @ParameterizedTest
  @CsvSource({"'a: 1\nb: [x',2,6", "'a: b: c',1,5", "'a:\n\tb: c',2,1", "'\u00e4: {\n  ] ',2,3"})
  @Rule({"B91", "CFG-13"})
  void aSyntaxErrorNamesItsLineAndColumn(String text, int line, int column) {
    resolution.yaml(text);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("given.yaml line " + line + " column " + column + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storage: scalar",
        "storage: [1]",
        "storage:",
        "",
        "just text",
        "storage: {connection: 1, stow: 2}"
      })
  @Rule("CFG-13")
  void aScalarWhereAMappingShouldBeIsNotSet(String text) {
    assertThat(resolution.yaml(text).config()).isEqualTo(DataConfig.defaults());
  }

  @Test
  void aBombOfAliasesIsRefusedQuickly() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    for (String text : new String[] {bomb.toString(), "[".repeat(10_000)}) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> resolution.yaml(text).resolve())
          .withMessageContaining("not valid YAML");
    }
  }

  @Test
  void anchorsAndMergesWork() {
    resolution.yaml(
        """
        shared: &shared {region: r, endpoint: "http://h"}
        storage:
          connection:
            <<: *shared
            endpoint: http://own
        """);
    assertThat(resolution.s3())
        .isEqualTo(S3Config.builder().region("r").endpoint("http://own").build());
  }
}
