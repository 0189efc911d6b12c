/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where AWS's own tools look for S3, nothing else being set: all requests go there. */
@Timeout(120)
@Tag("slow")
class S3EndpointSourcesTest {
  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final S3Endpoint other = S3Endpoint.start();

  @BeforeEach
  void start() {
    s3.createBucket("b");
    other.createBucket("b");
  }

  @AfterEach
  void stop() {
    s3.close();
    other.close();
  }

  private Map<String, String> environment(String source) throws IOException {
    Map<String, String> environment = new HashMap<>(Outcome.ALONE);
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", TestSecrets.S3_ACCESS_KEY);
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
    environment.put("FLYTE_AWS_RETRIES", "0");
    Path file = TestDirectories.create("aws").resolve("config");
    switch (source) {
      case "profile" ->
          Files.writeString(file, "[default]\nregion = us-east-1\nendpoint_url = " + s3.uri());
      case "services" ->
          Files.writeString(
              file,
              "[default]\nregion = us-east-1\nservices = mine\n[services mine]\ns3 =\n"
                  + "  endpoint_url = "
                  + s3.uri()
                  + "\n");
      default -> environment.put(source, s3.uri().toString());
    }
    environment.put("AWS_CONFIG_FILE", file.toString());
    environment.put("AWS_REGION", "us-east-1");
    return environment;
  }

  private static String run(Map<String, String> environment, String... words) throws Exception {
    Outcome outcome = Outcome.ofProcess(List.of(), environment, words);
    assertThat(outcome.err()).as(String.join(" ", words)).isEmpty();
    assertThat(outcome.code()).as(outcome.out()).isZero();
    return outcome.out();
  }

  /** The doctor lists, writes, reads and deletes. */
  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_S3",
    "profile, endpoint_url of profile default",
    "services, services mine"
  })
  void theDoctorGoesThereAndSaysWhy(String source, String named) throws Exception {
    assertThat(run(environment(source), "doctor", "s3://b/e"))
        .contains(s3.uri().toString())
        .contains(named);
    assertThat(s3.count(RequestKind.PUT_OBJECT)).isEqualTo(1);
    assertThat(s3.keys("b")).isEmpty();
  }

  @Test
  void theConfigurationSaysWhyAndFlytesOwnNameWins() throws Exception {
    Map<String, String> environment = environment("AWS_ENDPOINT_URL");
    assertThat(run(environment, "config"))
        .contains(s3.uri().toString())
        .contains("AWS_ENDPOINT_URL");
    environment.put("FLYTE_AWS_ENDPOINT", other.uri().toString());
    Path file = Files.writeString(temp.resolve("f"), "content");
    run(environment, "put", file.toString(), "s3://b/f");
    assertThat(other.keys("b")).containsExactly("f");
    assertThat(s3.requests()).isEmpty();
  }
}
