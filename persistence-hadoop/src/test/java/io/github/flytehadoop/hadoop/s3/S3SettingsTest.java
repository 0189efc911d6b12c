/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.AddressingStyle;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
  private static final String MINIO = "http://minio:9000";
  private static final String HADOOP = "org.apache.hadoop.fs.s3a.";
  private static final String SDK = "software.amazon.awssdk.auth.credentials.";

  @Rule({"OPT-S3-2", "OPT-S3-3"})
  @Test
  void staticKeysAreUsedAlone() {
    Map<String, String> keys = shared(c -> c.accessKeyId("AKIA").secretAccessKey("shh"));
    assertThat(keys)
        .containsEntry("fs.s3a.access.key", "AKIA")
        .containsEntry("fs.s3a.secret.key", "shh")
        .containsEntry("fs.s3a.aws.credentials.provider", HADOOP + "SimpleAWSCredentialsProvider")
        .doesNotContainKey("fs.s3a.session.token");
  }

  @Test
  void aSessionTokenMakesThemTemporary() {
    Map<String, String> keys =
        shared(c -> c.accessKeyId("AKIA").secretAccessKey("shh").sessionToken("tok"));
    assertThat(keys)
        .containsEntry("fs.s3a.session.token", "tok")
        .containsEntry(
            "fs.s3a.aws.credentials.provider", HADOOP + "TemporaryAWSCredentialsProvider");
  }

  @Rule("OPT-S3-2")
  @Test
  void aLoneKeyIsRefusedByTheNameOfTheMissingOne() {
    assertThatThrownBy(() -> shared(c -> c.accessKeyId("AKIA")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("S3Config.secretAccessKey")
        .hasMessageContaining("FLYTE_AWS_SECRET_ACCESS_KEY");
    assertThatThrownBy(() -> shared(c -> c.secretAccessKey("shh")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("S3Config.accessKeyId")
        .hasMessageNotContaining("shh");
    assertThatThrownBy(() -> shared(c -> c.sessionToken("shh")))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("shh");
  }

  @Test
  void withoutKeysTheChainOfTheMachineIsSuggestedAndNothingIsBlanked() {
    Overlay overlay = overlay(c -> c, Map.of(), Profile.SHARED);
    assertThat(overlay.values())
        .containsEntry(
            "fs.s3a.aws.credentials.provider",
            String.join(
                ",",
                HADOOP + "TemporaryAWSCredentialsProvider",
                HADOOP + "SimpleAWSCredentialsProvider",
                SDK + "EnvironmentVariableCredentialsProvider",
                SDK + "WebIdentityTokenFileCredentialsProvider",
                SDK + "ProfileCredentialsProvider",
                HADOOP + "auth.IAMInstanceCredentialsProvider"))
        .doesNotContainKeys("fs.s3a.access.key", "fs.s3a.secret.key", "fs.s3a.session.token");
    assertThat(overlay.givesWayTo()).containsKey("fs.s3a.aws.credentials.provider");
  }

  @ParameterizedTest
  @CsvSource({
    "true, AWS_UNRELATED, false",
    "TRUE, AWS_UNRELATED, false",
    "false, AWS_UNRELATED, true",
    "true, AWS_CONTAINER_CREDENTIALS_FULL_URI, true",
    "true, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, true"
  })
  void theInstanceIsAskedUnlessMetadataIsOff(String disabled, String variable, boolean asked) {
    Map<String, String> keys =
        overlay(
                c -> c,
                Map.of("AWS_EC2_METADATA_DISABLED", disabled, variable, "http://x/"),
                Profile.SHARED)
            .values();
    assertThat(keys.get("fs.s3a.aws.credentials.provider").contains("IAMInstance"))
        .isEqualTo(asked);
  }

  @Rule("OPT-S3-6")
  @Test
  void anonymousSignsNothingAlsoWhereTheBucketHasSettingsOfItsOwn() {
    S3Config config = S3Config.builder().accessKeyId("AKIA").secretAccessKey("shh").build();
    Map<String, String> keys =
        S3Settings.anonymous(config, Map.of(), Profile.SHARED, "my.bucket").values();
    String provider = HADOOP + "AnonymousAWSCredentialsProvider";
    assertThat(keys)
        .containsEntry("fs.s3a.aws.credentials.provider", provider)
        .containsEntry("fs.s3a.bucket.my.bucket.aws.credentials.provider", provider)
        .containsEntry("fs.s3a.delegation.token.binding", "")
        .containsEntry("fs.s3a.bucket.my.bucket.delegation.token.binding", "")
        .doesNotContainValue("AKIA")
        .doesNotContainValue("shh");
  }

  @Test
  void anonymousNeedsNoCompleteKeys() {
    S3Config config = S3Config.builder().accessKeyId("AKIA").build();
    assertThat(S3Settings.anonymous(config, Map.of(), Profile.ENGINE, null).values())
        .doesNotContainValue("AKIA");
  }

  @Rule({"W-1", "OPT-S3-5"})
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "PATH, -, true",
        "PATH, https://s3.eu-west-1.amazonaws.com, true",
        "VIRTUAL, http://minio:9000, false",
        "AUTO, http://minio:9000, true",
        "AUTO, https://s3.eu-west-1.amazonaws.com, false",
        "AUTO, https://s3.cn-north-1.amazonaws.com.cn, false",
        "AUTO, https://amazonaws.com.example.org, true",
        "AUTO, -, -"
      })
  void theAddressingStyleCounts(AddressingStyle style, String endpoint, String expected) {
    Map<String, String> keys = shared(c -> c.addressingStyle(style).endpoint(endpoint));
    assertThat(keys.get("fs.s3a.path.style.access")).isEqualTo(expected);
  }

  @Rule("OPT-S3-4")
  @ParameterizedTest
  @CsvSource({"http://minio:9000, false", "HTTPS://minio, true", "https://minio:9000, true"})
  void theEndpointDecidesAboutTls(String endpoint, String tls) {
    assertThat(shared(c -> c.endpoint(endpoint)))
        .containsEntry("fs.s3a.endpoint", endpoint)
        .containsEntry("fs.s3a.connection.ssl.enabled", tls);
  }

  @Rule("OPT-S3-1")
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, -, -",
        "-, -, eu-west-1, eu-west-1",
        "-, us-west-2, eu-west-1, us-west-2",
        "http://minio:9000, -, eu-west-1, us-east-1",
        "http://minio:9000, auto, -, auto",
        "https://s3.amazonaws.com, -, eu-west-1, eu-west-1",
        "https://s3.eu-central-1.amazonaws.com, -, eu-west-1, -"
      })
  void theRegion(String endpoint, String region, String ofMachine, String expected) {
    Map<String, String> environment =
        ofMachine == null ? Map.of() : Map.of("AWS_REGION", ofMachine);
    Overlay overlay =
        overlay(c -> c.endpoint(endpoint).region(region), environment, Profile.SHARED);
    assertThat(overlay.values().get("fs.s3a.endpoint.region")).isEqualTo(expected);
  }

  @Test
  void theOlderRegionVariableCountsToo() {
    assertThat(overlay(c -> c, Map.of("AWS_DEFAULT_REGION", "eu-west-3"), Profile.SHARED).values())
        .containsEntry("fs.s3a.endpoint.region", "eu-west-3");
  }

  @Rule("W-2")
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "3, 5000, 2, 3, 1250ms, 8",
        "1, 5000, 1, 1, 5000ms, 1",
        "2, 0, 2, 2, 0ms, 2",
        "10, 5000, 2, 10, 9ms, 10",
        "500, 5000, 2, 62, 1ms, 62",
        "0, 5000, 0, 0, -, 0"
      })
  void retriesAndBackoff(
      int retries, long backoff, String sdk, String limit, String interval, String throttle) {
    Map<String, String> keys = shared(c -> c.retries(retries).backoff(Duration.ofMillis(backoff)));
    assertThat(keys.get("fs.s3a.attempts.maximum")).isEqualTo(sdk);
    assertThat(keys.get("fs.s3a.retry.limit")).isEqualTo(limit);
    assertThat(keys.get("fs.s3a.retry.interval")).isEqualTo(interval);
    assertThat(keys.get("fs.s3a.retry.throttle.limit")).isEqualTo(throttle);
  }

  @Rule("W-2")
  @Test
  void retriesThatNobodyAskedForAreOnlySuggested() {
    assertThat(overlay(c -> c, Map.of(), Profile.SHARED).givesWayTo())
        .containsKeys("fs.s3a.retry.limit", "fs.s3a.attempts.maximum");
    assertThat(overlay(c -> c.retries(4), Map.of(), Profile.SHARED).givesWayTo())
        .doesNotContainKeys("fs.s3a.retry.limit", "fs.s3a.attempts.maximum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "s3a", "s3n"})
  void everyAliasHasItsImplementation(String alias) {
    assertThat(shared(c -> c))
        .containsEntry("fs." + alias + ".impl", HADOOP + "S3AFileSystem")
        .containsEntry("fs.AbstractFileSystem." + alias + ".impl", HADOOP + "S3A");
  }

  @Test
  void theEngineProfileAddsItsTuning() {
    assertThat(overlay(c -> c.endpoint(MINIO), Map.of(), Profile.ENGINE).values())
        .containsEntry("fs.s3a.input.stream.type", "classic")
        .containsEntry("fs.s3a.performance.flags", "create,mkdir")
        .containsEntry("fs.s3a.fast.upload.buffer", "array")
        .containsEntry("fs.s3a.connection.expect.continue", "false")
        .containsEntry("fs.s3a.change.detection.mode", "server")
        .containsEntry("fs.s3a.cross.region.access.enabled", "false")
        .containsEntry("fs.s3a.impl.disable.cache", "true");
    assertThat(overlay(c -> c, Map.of(), Profile.ENGINE).values())
        .doesNotContainKey("fs.s3a.cross.region.access.enabled");
  }

  @ParameterizedTest
  @EnumSource(
      value = S3Key.class,
      names = {"INPUT_STREAM", "PERFORMANCE_FLAGS", "S3A_UNCACHED", "MULTIPART_SIZE"})
  void theSharedProfileLeavesOtherCodeAsItIs(S3Key key) {
    assertThat(shared(c -> c.endpoint(MINIO))).doesNotContainKey(key.key());
  }

  private static Map<String, String> shared(UnaryOperator<S3Config.Builder> change) {
    return overlay(change, Map.of(), Profile.SHARED).values();
  }

  private static Overlay overlay(
      UnaryOperator<S3Config.Builder> change, Map<String, String> environment, Profile profile) {
    return S3Settings.withCredentials(
        change.apply(S3Config.builder()).build(), environment, profile);
  }
}
