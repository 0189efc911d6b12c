/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedConfigTest {
  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  @Test
  void saysWhereEachValueCameFromAndMasksSecrets() {
    resolution
        .ini(
            "[aws]\n"
                + "secret_access_key = test-secret-17\n"
                + "access_key_id = AKIAIOSFODNN7EXAMPLE\n"
                + "backoff_seconds = 2\n")
        .env("FLYTE_AWS_ENDPOINT", "http://minio:9000");
    ResolvedConfig resolved = resolution.resolve();
    Map<ConfigKey, ResolvedEntry> entries =
        resolved.entries().stream()
            .collect(Collectors.toMap(ResolvedEntry::key, Function.identity()));
    assertThat(entries).containsOnlyKeys(ConfigKey.values());
    assertThat(line(entries, ConfigKey.S3_ENDPOINT))
        .isEqualTo("http://minio:9000 <- environment variable FLYTE_AWS_ENDPOINT");
    assertThat(line(entries, ConfigKey.S3_SECRET_ACCESS_KEY))
        .isEqualTo("*** <- " + resolved.file() + " [aws] secret_access_key");
    assertThat(line(entries, ConfigKey.S3_ACCESS_KEY_ID)).startsWith("AKIA*** <- ");
    assertThat(line(entries, ConfigKey.S3_BACKOFF)).startsWith("2 s <- ");
    assertThat(line(entries, ConfigKey.S3_RETRIES)).isEqualTo("3 <- default");
    assertThat(line(entries, ConfigKey.S3_REGION)).isEqualTo("(not set) <- default");
    assertThat(resolved.toString()).doesNotContain("test-secret").doesNotContain("IOSFODNN7");
  }

  @Test
  void saysTheKeysOfAYamlFile() {
    resolution.yaml("storage: {connection: {region: r}}");
    assertThat(resolution.origin(ConfigKey.S3_REGION).describe())
        .isEqualTo(resolution.resolve().file() + " storage.connection.region");
  }

  @Test
  void theFileIsTheOneThatWasRead() {
    assertThat(resolution.resolve().file()).isNull();
    Path given = resolution.here.resolve("given.config");
    assertThat(resolution.ini("").resolve().file()).isEqualTo(given);
    assertThat(ResolvedConfig.resolve(given, resolution.environment).file()).isEqualTo(given);
  }

  @Test
  void aSettingDoesNotShowItsText() {
    assertThat(new RawValue("test-secret-18", new Origin.Default()))
        .hasToString("RawValue[default]");
  }

  private static String line(Map<ConfigKey, ResolvedEntry> entries, ConfigKey key) {
    return entries.get(key).displayValue() + " <- " + entries.get(key).origin().describe();
  }
}
