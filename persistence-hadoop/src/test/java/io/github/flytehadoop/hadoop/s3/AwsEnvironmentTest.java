/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.hadoop.overlay.Overlay;
import io.github.flytehadoop.hadoop.overlay.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables and profiles of AWS say where S3 is, where nobody else does. */
class AwsEnvironmentTest {
  private static final String FILE =
      """
      # comment
      [default]
      region = eu-west-1
      endpoint_url = http://profile:1

      [profile work]
      services = mine
      region=ap-south-1

      [services mine]
      dynamodb =
        endpoint_url = http://dynamo:9
      s3 =
        endpoint_url = http://services:2
        signature_version = s3v4
      """;

  @TempDir Path temp;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void write() throws Exception {
    environment.put("AWS_CONFIG_FILE", Files.writeString(temp.resolve("config"), FILE).toString());
  }

  private AwsEnvironment.Found endpoint() {
    return AwsEnvironment.of(environment).endpoint();
  }

  @Test
  void theMostSpecificWins() {
    assertThat(endpoint())
        .isEqualTo(new AwsEnvironment.Found("http://profile:1", "endpoint_url of profile default"));
    environment.put("AWS_PROFILE", "work");
    assertThat(endpoint())
        .isEqualTo(new AwsEnvironment.Found("http://services:2", "services mine"));
    assertThat(AwsEnvironment.of(environment).region().value()).isEqualTo("ap-south-1");
    environment.put("AWS_ENDPOINT_URL", "http://all:3");
    assertThat(endpoint()).isEqualTo(new AwsEnvironment.Found("http://all:3", "AWS_ENDPOINT_URL"));
    environment.put("AWS_ENDPOINT_URL_S3", "http://s3:4");
    assertThat(endpoint())
        .isEqualTo(new AwsEnvironment.Found("http://s3:4", "AWS_ENDPOINT_URL_S3"));
    environment.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assertThat(endpoint()).isNull();
  }

  @Test
  void noFileSaysNothing() {
    environment.put("AWS_CONFIG_FILE", temp.resolve("absent").toString());
    assertThat(endpoint()).isNull();
    assertThat(AwsEnvironment.of(Map.of()).region()).isNull();
  }

  @Test
  void theSettingsFollowUnlessFlyteNamesAnEndpoint() {
    Overlay overlay = S3Settings.withCredentials(S3Config.defaults(), environment, Profile.ENGINE);
    assertThat(overlay.values())
        .containsEntry("fs.s3a.endpoint", "http://profile:1")
        .containsEntry("fs.s3a.connection.ssl.enabled", "false")
        .containsEntry("fs.s3a.path.style.access", "true")
        .containsEntry("fs.s3a.endpoint.region", "eu-west-1")
        .containsEntry("fs.s3a.cross.region.access.enabled", "false");
    assertThat(overlay.givesWayTo().get("fs.s3a.path.style.access")).contains("fs.s3a.endpoint");
    S3Config flyte = S3Config.builder().endpoint("http://flyte:5").build();
    assertThat(S3Settings.withCredentials(flyte, environment, Profile.ENGINE).values())
        .containsEntry("fs.s3a.endpoint", "http://flyte:5");
    assertThat(S3Settings.ambientEndpoint(flyte, environment)).isNull();
  }
}
