/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.TestSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config} prints values, origins and Hadoop keys, and no secret. */
class ConfigCommandTest {
  @TempDir Path temp;

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HOME",
          "/nonexistent",
          "FLYTE_AWS_ENDPOINT",
          "http://localhost:30002",
          "FLYTE_AWS_ACCESS_KEY_ID",
          TestSecrets.S3_ACCESS_KEY,
          "FLYTE_AWS_SECRET_ACCESS_KEY",
          TestSecrets.S3_SECRET_KEY);

  @Test
  void eachValueWithOriginAndHadoopKeys() {
    assertThat(Outcome.of(ENVIRONMENT, "config").out().lines())
        .containsSubsequence(
            "configuration file: none",
            "S3Config.endpoint = http://localhost:30002  (environment variable FLYTE_AWS_ENDPOINT)",
            "    fs.s3a.endpoint = http://localhost:30002  (flyte DataConfig)",
            "S3Config.retries = 3  (default)")
        .contains("    fs.s3a.secret.key = ***  (flyte DataConfig)");
  }

  @Test
  void aFileIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("flytekit.config"), "[aws]\nretries = 9\n");
    assertThat(Outcome.of("config", "--config", file.toString()).out())
        .contains("configuration file: " + file)
        .contains("S3Config.retries = 9  (" + file + " [aws] retries)");
  }

  @Test
  void keysOfTheCommandLineWin() throws IOException {
    Outcome outcome =
        Outcome.of(
            ENVIRONMENT,
            "config",
            "--output=json",
            "-D",
            "fs.s3a.endpoint=http://127.0.0.1:1",
            "-D",
            "my.password=" + TestSecrets.SESSION_TOKEN);
    JsonNode json = new ObjectMapper().readTree(outcome.out());
    JsonNode endpoint = json.get("hadoop").get("fs.s3a.endpoint");
    assertThat(endpoint.get("value").asText()).isEqualTo("http://127.0.0.1:1");
    assertThat(endpoint.get("source").asText()).isEqualTo("-D");
    assertThat(json.get("hadoop").get("my.password").get("value").asText()).isEqualTo("***");
    assertThat(json.get("settings").get("S3Config.endpoint").get("hadoopKeys").toString())
        .contains("fs.s3a.endpoint");
  }

  @Test
  void noSecretIsPrinted() {
    for (String format : new String[] {"text", "json"}) {
      Outcome outcome = Outcome.of(ENVIRONMENT, "config", "-vv", "--output", format);
      assertThat(outcome.out() + outcome.err())
          .doesNotContain(TestSecrets.S3_SECRET_KEY)
          .doesNotContain(TestSecrets.S3_ACCESS_KEY);
    }
  }

  @Test
  void aBadValueIsAUsageError() {
    Outcome outcome = Outcome.of(Map.of("FLYTE_AWS_RETRIES", "many"), "config");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("FLYTE_AWS_RETRIES");
  }
}
