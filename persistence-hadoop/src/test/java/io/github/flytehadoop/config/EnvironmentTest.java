/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  @ParameterizedTest
  @EnumSource
  @Rule("CFG-1")
  void theFirstNameIsMadeOfSectionAndOption(ConfigKey key) {
    assertThat(key.environmentNames().get(0))
        .isEqualTo(
            "FLYTE_"
                + key.section().toUpperCase(Locale.ROOT)
                + "_"
                + key.option().toUpperCase(Locale.ROOT));
  }

  @Test
  @Rule("CFG-2")
  void comesBeforeTheFileAndTheFileBeforeTheDefault() {
    resolution.ini("[aws]\nendpoint = http://file\nretries = 9\n");
    assertThat(resolution.s3().endpoint()).isEqualTo("http://file");
    resolution.env("FLYTE_AWS_ENDPOINT", "http://env");
    assertThat(resolution.s3().endpoint()).isEqualTo("http://env");
    assertThat(resolution.s3().retries()).isEqualTo(9);
    assertThat(resolution.s3().backoff()).isEqualTo(Duration.ofSeconds(5));
    resolution.yaml("storage: {connection: {endpoint: 'http://yaml', region: r}}");
    assertThat(resolution.s3().endpoint()).isEqualTo("http://env");
    assertThat(resolution.s3().region()).isEqualTo("r");
  }

  @Test
  @Rule({"CFG-3", "CFG-4", "W-40"})
  void zeroIsAValue() {
    resolution.env("FLYTE_AWS_RETRIES", "0").env("FLYTE_AWS_BACKOFF_SECONDS", "0");
    assertThat(resolution.s3().retries()).isZero();
    assertThat(resolution.s3().backoff()).isZero();
  }

  @Test
  @Rule("CFG-5")
  void anEmptyVariableMasksTheFile() {
    resolution
        .ini("[aws]\nendpoint = http://file\nsecret_access_key = x\naddressing_style = path\n")
        .env("FLYTE_AWS_ENDPOINT", "")
        .env("FLYTE_AWS_SECRET_ACCESS_KEY", "")
        .env("FLYTE_AWS_ADDRESSING_STYLE", "")
        .env("FLYTE_AWS_S3_ADDRESSING_STYLE", "virtual");
    assertThat(resolution.s3()).isEqualTo(S3Config.defaults());
    assertThat(resolution.origin(ConfigKey.S3_ENDPOINT))
        .isEqualTo(new Origin.Environment("FLYTE_AWS_ENDPOINT"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',false",
    "false,false",
    "FALSE,false",
    "0,false",
    "off,false",
    "No,false",
    "true,true",
    "1,true",
    "yes,true",
    "n,true",
    "' false',true",
    "truee,true",
    "x,true",
    "' ',true"
  })
  @Rule("CFG-6")
  void booleanIsFalseForFourWordsAndNothing(String text, boolean value) {
    resolution
        .env("FLYTE_AWS_ENABLE_DEBUG", text)
        .env("FLYTE_PERSISTENCE_ATTACH_EXECUTION_METADATA", text);
    assertThat(resolution.s3().enableDebug()).isEqualTo(value);
    assertThat(resolution.config().generic().attachExecutionMetadata()).isEqualTo(value);
  }

  @Test
  @Rule("B84")
  void aTurkishMachineReadsTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      resolution
          .ini("[aws]\nACCESS_KEY_ID = id\nENABLE_DEBUG = YES\n")
          .env("FLYTE_PERSISTENCE_ATTACH_EXECUTION_METADATA", "OFF");
      assertThat(resolution.s3().accessKeyId()).isEqualTo("id");
      assertThat(resolution.s3().enableDebug()).isTrue();
      assertThat(resolution.config().generic().attachExecutionMetadata()).isFalse();
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "-1", "99999999999", "3s"})
  @Rule({"CFG-7", "CFG-8", "W-41", "B62"})
  void aNumberThatIsNoneIsAnErrorThatNamesItsPlace(String text) {
    for (String name :
        new String[] {
          "FLYTE_AWS_RETRIES",
          "FLYTE_AWS_BACKOFF_SECONDS",
          "FLYTE_STORAGE_RETRIES",
          "FLYTE_STORAGE_BACKOFF_SECONDS"
        }) {
      Resolution wrong = new Resolution(directory).env(name, text);
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(wrong::resolve)
          .withMessageContaining(name)
          .withMessageContaining(text)
          .satisfies(e -> assertThat(e.key()).isIn("S3Config.retries", "S3Config.backoff"))
          .satisfies(e -> assertThat(e.origin()).contains(name));
    }
  }

  @Test
  @Rule("CFG-7")
  void emptyRetriesAreTheDefaultAndSaid() {
    resolution.env("FLYTE_AWS_RETRIES", "");
    assertThat(resolution.s3().retries()).isEqualTo(3);
    assertThat(resolution.warnings).singleElement().asString().contains("FLYTE_AWS_RETRIES");
  }

  @Test
  @Rule("CFG-8")
  void emptyBackoffIsAnError() {
    resolution.env("FLYTE_AWS_BACKOFF_SECONDS", "");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("FLYTE_AWS_BACKOFF_SECONDS");
  }

  @Test
  @Rule("W-1")
  void aWrongAddressingStyleIsAnErrorThatNamesItsPlace() {
    resolution.env("FLYTE_AWS_S3_ADDRESSING_STYLE", "host");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("FLYTE_AWS_S3_ADDRESSING_STYLE")
        .withMessageContaining("auto, path, virtual");
  }

  @Test
  @Rule("CFG-17")
  void flytesFirstNameComesBeforeTheSecondSdks() {
    resolution
        .env("FLYTE_STORAGE_RETRIES", "8")
        .env("FLYTE_STORAGE_BACKOFF_SECONDS", "9")
        .env("FLYTE_STORAGE_DEBUG", "true")
        .env("FLYTE_AWS_S3_ADDRESSING_STYLE", "virtual")
        .env("AZURE_STORAGE_ACCOUNT_NAME", "second");
    assertThat(resolution.s3().retries()).isEqualTo(8);
    assertThat(resolution.s3().backoff()).isEqualTo(Duration.ofSeconds(9));
    assertThat(resolution.s3().enableDebug()).isTrue();
    assertThat(resolution.s3().addressingStyle()).isEqualTo(AddressingStyle.VIRTUAL);
    assertThat(resolution.config().azure().accountName()).isEqualTo("second");
    resolution
        .env("FLYTE_AWS_RETRIES", "1")
        .env("FLYTE_AWS_ADDRESSING_STYLE", "path")
        .env("FLYTE_AZURE_STORAGE_ACCOUNT_NAME", "first");
    assertThat(resolution.s3().retries()).isEqualTo(1);
    assertThat(resolution.s3().addressingStyle()).isEqualTo(AddressingStyle.PATH);
    assertThat(resolution.config().azure().accountName()).isEqualTo("first");
  }

  @Test
  @Rule({"CFG-17", "B69"})
  void anEmptyVariableOfAzuresOwnToolsMasksNothing() {
    resolution.ini("[azure]\ntenant_id = file\n").env("AZURE_TENANT_ID", "");
    assertThat(resolution.config().azure().tenantId()).isEqualTo("file");
  }

  @Test
  @Rule("CFG-18")
  void jflytesNamesAreRead() {
    resolution
        .env("FLYTE_AWS_ENDPOINT", "http://minio:9000")
        .env("FLYTE_AWS_ACCESS_KEY_ID", "id")
        .env("FLYTE_AWS_SECRET_ACCESS_KEY", "test-secret-8")
        .env("FLYTE_GCP_IMPERSONATE_SERVICE_ACCOUNT", "a@b.c")
        .env("FLYTE_STAGING_LOCATION", "s3://bucket/staging");
    assertThat(resolution.s3())
        .isEqualTo(
            S3Config.builder()
                .endpoint("http://minio:9000")
                .accessKeyId("id")
                .secretAccessKey("test-secret-8")
                .build());
    assertThat(resolution.config().gcs().impersonateServiceAccount()).isEqualTo("a@b.c");
    assertThat(resolution.warnings).isEmpty();
  }

  @Test
  void amazonsCredentialsAreLeftToTheStoreClient() {
    resolution
        .env("AWS_ACCESS_KEY_ID", "id")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_SESSION_TOKEN", "token")
        .env("AWS_ENDPOINT_URL", "http://other")
        .env("GOOGLE_APPLICATION_CREDENTIALS", "/key.json");
    assertThat(resolution.config()).isEqualTo(DataConfig.defaults());
  }

  @Test
  void amazonsRegionIsReadLast() {
    resolution.env("AWS_DEFAULT_REGION", "default");
    assertThat(resolution.s3().region()).isEqualTo("default");
    resolution.env("AWS_REGION", "region");
    assertThat(resolution.s3().region()).isEqualTo("region");
    resolution.ini("[aws]\nregion = file\n");
    assertThat(resolution.s3().region()).isEqualTo("file");
    resolution.env("FLYTE_AWS_REGION", "flyte");
    assertThat(resolution.s3().region()).isEqualTo("flyte");
    resolution.env("FLYTE_AWS_REGION", "");
    assertThat(resolution.s3().region()).isNull();
  }

  @Test
  void theProcessEnvironmentIsReadByAuto() {
    assertThat(DataConfig.auto()).isEqualTo(DataConfig.auto(null, System.getenv()));
  }
}
