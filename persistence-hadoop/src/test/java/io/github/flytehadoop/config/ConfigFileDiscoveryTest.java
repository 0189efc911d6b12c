/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileDiscoveryTest {
  private static final String OVERRIDE = "_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE";

  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  private static String ini(String region) {
    return "[aws]\nregion = " + region + "\n";
  }

  private static String yaml(String region) {
    return "storage: {connection: {region: " + region + "}}";
  }

  private void writeUsualFiles() {
    resolution.write(resolution.here.resolve("flytekit.config"), ini("here"));
    resolution.write(resolution.home.resolve(".flyte/config"), ini("home"));
    resolution.write(resolution.home.resolve(".flyte/config.yaml"), yaml("home-yaml"));
  }

  @Test
  @Rule("CFG-14")
  void looksHereThenAtHomeThenNowhere() throws IOException {
    writeUsualFiles();
    assertThat(resolution.s3().region()).isEqualTo("here");
    Files.delete(resolution.here.resolve("flytekit.config"));
    assertThat(resolution.s3().region()).isEqualTo("home");
    Files.delete(resolution.home.resolve(".flyte/config"));
    assertThat(resolution.s3().region()).isEqualTo("home-yaml");
    Files.delete(resolution.home.resolve(".flyte/config.yaml"));
    assertThat(resolution.resolve().config()).isEqualTo(DataConfig.defaults());
    assertThat(resolution.resolve().file()).isNull();
  }

  @Test
  @Rule("CFG-14")
  void theVariablesNameAFile() {
    writeUsualFiles();
    Path named = resolution.write(directory.resolve("named.yaml"), yaml("named"));
    Path override = resolution.write(directory.resolve("override.yaml"), yaml("override"));
    resolution.env("FLYTECTL_CONFIG", named.toString());
    assertThat(resolution.s3().region()).isEqualTo("named");
    assertThat(resolution.resolve().file()).isEqualTo(named);
    resolution.env(OVERRIDE, override.toString());
    assertThat(resolution.s3().region()).isEqualTo("override");
  }

  @Test
  @Rule("CFG-14")
  void aMissingNamedFileIsSaidAndTheSearchGoesOn() {
    writeUsualFiles();
    resolution.env("FLYTECTL_CONFIG", directory.resolve("missing.yaml").toString());
    assertThat(resolution.s3().region()).isEqualTo("here");
    assertThat(resolution.warnings)
        .singleElement()
        .asString()
        .contains("FLYTECTL_CONFIG", "missing.yaml");
  }

  @Test
  @Rule("CFG-14")
  void theOverrideHidesTheOtherVariableEvenWhenEmptyOrMissing() {
    Path named = resolution.write(directory.resolve("named.yaml"), yaml("named"));
    resolution.env("FLYTECTL_CONFIG", named.toString());
    assertThat(resolution.env(OVERRIDE, "").s3().region()).isNull();
    assertThat(resolution.env(OVERRIDE, "/missing").s3().region()).isNull();
    assertThat(resolution.warnings).hasSize(2).allMatch(warning -> warning.contains(OVERRIDE));
  }

  @Test
  @Rule("CFG-14")
  void aRelativeNameStartsHere() {
    resolution.write(resolution.here.resolve("sub/named.yaml"), yaml("relative"));
    assertThat(resolution.env("FLYTECTL_CONFIG", "sub/named.yaml").s3().region())
        .isEqualTo("relative");
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectories(resolution.home.resolve(".flyte/config"));
    resolution.write(resolution.home.resolve(".flyte/config.yaml"), yaml("home-yaml"));
    assertThat(resolution.s3().region()).isEqualTo("home-yaml");
  }

  @Test
  void homeIsTheUsersWhenTheEnvironmentHasNone() {
    resolution.environment.remove("HOME");
    Path expected = Path.of(System.getProperty("user.home"), ".flyte");
    Path found =
        ConfigFileDiscovery.find(resolution.environment, resolution.here, resolution.warnings::add);
    assertThat(found == null || found.startsWith(expected)).isTrue();
  }

  @Test
  @Rule("CFG-15")
  void aChangedFileOrVariableIsSeen() {
    Path file = resolution.write(resolution.here.resolve("flytekit.config"), ini("one"));
    assertThat(DataConfig.auto(file, resolution.environment).s3().region()).isEqualTo("one");
    resolution.write(file, ini("two"));
    assertThat(DataConfig.auto(file, resolution.environment).s3().region()).isEqualTo("two");
    resolution.env("FLYTE_AWS_REGION", "three");
    assertThat(DataConfig.auto(file, resolution.environment).s3().region()).isEqualTo("three");
  }
}
