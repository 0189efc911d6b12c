/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.text.KeySuggestions;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rule("B65")
class UnknownKeysTest {
  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  @Test
  void aMisspeltVariableIsSaidWithoutItsValue() {
    resolution
        .env("FLYTE_AWS_SECRET_ACESS_KEY", "test-secret-13")
        .env("FLYTE_STORAGE_SOMETHING_ELSE", "x")
        .env("FLYTE_INTERNAL_EXECUTION_ID", "x");
    resolution.resolve();
    assertThat(resolution.warnings)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains(
                        "FLYTE_AWS_SECRET_ACESS_KEY", "Did you mean FLYTE_AWS_SECRET_ACCESS_KEY?"),
            second ->
                assertThat(second).contains("FLYTE_STORAGE_SOMETHING_ELSE", "docs/config-keys.md"))
        .noneMatch(warning -> warning.contains("test-secret"));
  }

  @Test
  void aMisspeltOptionIsSaidWithoutItsValue() {
    resolution.ini(
        "[aws]\n"
            + "secret-access-key = test-secret-14\n"
            + "[platform]\n"
            + "url = x\n"
            + "[gcs]\n"
            + "project_id = p\n"
            + "[AWS]\n");
    resolution.resolve();
    assertThat(resolution.warnings)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .contains("[aws] secret-access-key", "Did you mean secret_access_key?"),
            second -> assertThat(second).contains("[gcs]", "Did you mean gcp?"),
            third -> assertThat(third).contains("[AWS]", "Did you mean aws?"))
        .noneMatch(warning -> warning.contains("test-secret"));
  }

  @Test
  void aMisspeltYamlKeyIsSaidWithoutItsValue() {
    resolution.yaml(
        """
        admin: {anything: 1}
        storage:
          conection: {region: r}
          connection: {acces-key: a, secret_key: test-secret-15}
          stow: {kind: azure, config: {acount: a, access_key_id: a, domain_suffix: core.chinacloudapi.cn}}
        """);
    resolution.resolve();
    assertThat(resolution.warnings)
        .satisfiesExactlyInAnyOrder(
            warning ->
                assertThat(warning).contains("storage.conection", "Did you mean connection?"),
            warning ->
                assertThat(warning)
                    .contains("storage.connection.acces-key", "Did you mean access-key?"),
            warning ->
                assertThat(warning)
                    .contains("storage.connection.secret_key", "Did you mean secret-key?"),
            warning ->
                assertThat(warning).contains("storage.stow.config.acount", "Did you mean account?"),
            warning -> assertThat(warning).contains("storage.stow.config.access_key_id"),
            warning -> assertThat(warning).contains("storage.stow.config.domain_suffix"))
        .noneMatch(warning -> warning.contains("test-secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "retires,retries",
    "RETRIES,retries",
    "retrie,retries",
    "endpiont,endpoint",
    "end-point,endpoint",
    "xyz,",
    "s3,"
  })
  void theNearestNameIsGuessed(String name, String expected) {
    assertThat(KeySuggestions.closest(name, List.of("endpoint", "retries", "region")))
        .isEqualTo(expected);
  }

  @Test
  @Rule("B69")
  void aFileWithASecretThatEveryoneMayReadIsSaid() throws IOException {
    resolution.ini("[aws]\nsecret_access_key = test-secret-16\n");
    resolution.resolve();
    assertThat(resolution.warnings).isEmpty();
    Path file = resolution.resolve().file();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    resolution.resolve();
    assertThat(resolution.warnings).singleElement().asString().contains("chmod 600 " + file);
    resolution.warnings.clear();
    resolution.env("FLYTE_AWS_SECRET_ACCESS_KEY", "from-environment").resolve();
    assertThat(resolution.warnings).isEmpty();
  }
}
