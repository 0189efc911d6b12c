/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigRecordsTest {
  private static final DataConfig FULL =
      DataConfig.builder()
          .s3(
              new S3Config(
                  true,
                  "http://minio:9000",
                  7,
                  Duration.ofSeconds(9),
                  "AKIAIOSFODNN7EXAMPLE",
                  Secret.of("test-secret-1"),
                  AddressingStyle.PATH,
                  "eu-west-1",
                  Secret.of("test-secret-2")))
          .gcs(new GCSConfig(true, "project", "http://localhost:4443", "/key.json", "a@b.c"))
          .azure(
              new AzureBlobStorageConfig(
                  "account",
                  Secret.of("test-secret-3"),
                  "tenant",
                  "client",
                  Secret.of("test-secret-4"),
                  "http://127.0.0.1:10000/devstoreaccount1",
                  Secret.of("test-secret-5")))
          .generic(new GenericPersistenceConfig(false))
          .build();

  @Test
  void defaultsAreFlytekits() {
    S3Config s3 = DataConfig.defaults().s3();
    assertThat(s3)
        .isEqualTo(
            new S3Config(
                false,
                null,
                3,
                Duration.ofSeconds(5),
                null,
                null,
                AddressingStyle.AUTO,
                null,
                null));
    assertThat(DataConfig.defaults().gcs()).isEqualTo(new GCSConfig(false, null, null, null));
    assertThat(DataConfig.defaults().azure())
        .isEqualTo(new AzureBlobStorageConfig(null, null, null, null, null, null, null));
    assertThat(DataConfig.defaults().generic().attachExecutionMetadata()).isTrue();
  }

  @Test
  void sandboxIsFlytesMinio() {
    S3Config s3 = DataConfig.sandbox().s3();
    assertThat(s3)
        .isEqualTo(
            S3Config.builder()
                .endpoint("http://localhost:30002")
                .accessKeyId("minio")
                .secretAccessKey("miniostorage")
                .build());
    assertThat(DataConfig.sandbox().toBuilder().s3(S3Config.defaults()).build())
        .isEqualTo(DataConfig.defaults());
  }

  @Test
  void toBuilderKeepsEveryComponent() {
    assertThat(FULL.s3().toBuilder().build()).isEqualTo(FULL.s3()).hasSameHashCodeAs(FULL.s3());
    assertThat(FULL.gcs().toBuilder().build()).isEqualTo(FULL.gcs());
    assertThat(FULL.azure().toBuilder().build()).isEqualTo(FULL.azure());
    assertThat(FULL.generic().toBuilder().build()).isEqualTo(FULL.generic());
    assertThat(FULL.toBuilder().build()).isEqualTo(FULL).isNotEqualTo(DataConfig.defaults());
  }

  @Test
  void buildersTakeSecretsAsTextToo() {
    assertThat(
            AzureBlobStorageConfig.builder()
                .accountKey("k")
                .clientSecret("s")
                .sasToken("t")
                .build())
        .isEqualTo(
            AzureBlobStorageConfig.builder()
                .accountKey(Secret.of("k"))
                .clientSecret(Secret.of("s"))
                .sasToken(Secret.of("t"))
                .build());
    assertThat(S3Config.builder().secretAccessKey("k").sessionToken("t").build())
        .isEqualTo(
            S3Config.builder()
                .secretAccessKey(Secret.of("k"))
                .sessionToken(Secret.of("t"))
                .build());
  }

  @Test
  void textNeverShowsASecretNorAWholeAccessKeyId() {
    assertThat(FULL.toString())
        .doesNotContain("test-secret")
        .doesNotContain("IOSFODNN7EXAMPLE")
        .contains(
            "accessKeyId=AKIA***", "secretAccessKey=***", "http://minio:9000", "region=eu-west-1");
  }

  @Test
  @Rule("CFG-3")
  void blankIsNotSet() {
    S3Config s3 =
        S3Config.builder()
            .endpoint("")
            .accessKeyId(" ")
            .secretAccessKey("")
            .region("")
            .sessionToken(Secret.of(" "))
            .build();
    assertThat(s3).isEqualTo(S3Config.defaults());
    assertThat(new GCSConfig(false, "", " ", "", "")).isEqualTo(GCSConfig.defaults());
    assertThat(
            new AzureBlobStorageConfig(
                "", Secret.of(""), " ", "", Secret.of(" "), "", Secret.of("")))
        .isEqualTo(AzureBlobStorageConfig.defaults());
  }

  @Test
  void negativeNumbersAreRefused() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> S3Config.builder().retries(-1).build())
        .withMessageContaining("S3Config.retries")
        .withMessageContaining("0");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> S3Config.builder().backoff(Duration.ofSeconds(-1)).build())
        .withMessageContaining("S3Config.backoff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "minio:9000",
        "localhost",
        "s3://bucket",
        "ftp://host",
        "http://",
        "http:/host",
        "http://my_minio:9000",
        "http://host:99999",
        "http://host name",
        "https://host?x=1",
        "https://host#x"
      })
  void anEndpointThatIsNoUrlIsRefusedWithTheFix(String endpoint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> S3Config.builder().endpoint(endpoint).build())
        .satisfies(e -> assertThat(e.key()).isEqualTo("S3Config.endpoint"))
        .withMessageMatching("(?s)Cannot use .*[.] ?(Write|Keep|A host).*");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> GCSConfig.builder().endpoint(endpoint).build());
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> AzureBlobStorageConfig.builder().endpoint(endpoint).build());
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "http://user:test-secret-6@host",
        "https://host/c?sig=test-secret-6",
        "user:test-secret-6@host",
        "http://user:test-secret-6@host:99999",
        "http://a b:test-secret-6@host"
      })
  @Rule("B08")
  void credentialsInAnEndpointAreRefusedUnseen(String endpoint) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> S3Config.builder().endpoint(endpoint).build())
        .satisfies(e -> assertThat(e).hasNoCause())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("test-secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://minio:9000",
        "HTTPS://s3.amazonaws.com",
        "http://[::1]:9000",
        "http://127.0.0.1:10000/devstoreaccount1"
      })
  void anHttpUrlIsTakenAsItIs(String endpoint) {
    assertThat(S3Config.builder().endpoint(endpoint).build().endpoint()).isEqualTo(endpoint);
    assertThat(S3Config.builder().endpoint(endpoint + "\n").build().endpoint()).isEqualTo(endpoint);
  }

  @Test
  @Rule("B69")
  void aKeyInPlaceOfItsPathIsRefusedUnseen() {
    String key = "{\"private_key\": \"test-secret-7\"}";
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> GCSConfig.builder().serviceAccountKeyFile(key).build())
        .withMessageContaining("Write the text to a file")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("test-secret"));
  }

  @Test
  void nullIsRefusedWhereAValueMustBe() {
    assertThatNullPointerException()
        .isThrownBy(() -> S3Config.builder().backoff(null).build())
        .withMessage("backoff");
    assertThatNullPointerException()
        .isThrownBy(() -> DataConfig.builder().s3(null).build())
        .withMessage("s3");
    assertThatNullPointerException()
        .isThrownBy(() -> DataConfig.auto(null))
        .withMessage("configFile");
    assertThatNullPointerException()
        .isThrownBy(() -> DataConfig.auto(null, null))
        .withMessage("environment");
  }
}
