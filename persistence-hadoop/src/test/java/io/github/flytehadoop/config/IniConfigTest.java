/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IniConfigTest {
  @TempDir Path directory;
  private Resolution resolution;

  @BeforeEach
  void begin() {
    resolution = new Resolution(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "1,true",
    "Yes,true",
    "TRUE,true",
    "on,true",
    "0,false",
    "no,false",
    "False,false",
    "OFF,false"
  })
  @Rule("CFG-9")
  void booleansArePythons(String text, boolean value) {
    resolution.ini("[aws]\nenable_debug = " + text + "\n");
    assertThat(resolution.s3().enableDebug()).isEqualTo(value);
  }

  @Test
  @Rule("CFG-9")
  void anotherBooleanIsAnErrorThatNamesItsPlace() {
    resolution.ini("[aws]\nenable_debug = maybe\n");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("maybe")
        .withMessageContaining("given.config [aws] enable_debug");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retries", "backoff_seconds"})
  @Rule({"CFG-9", "W-41"})
  void aNumberThatIsNoneIsAnErrorThatNamesItsPlace(String option) {
    resolution.ini("[aws]\n" + option + " = many\n");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("given.config [aws] " + option);
  }

  @Test
  @Rule({"CFG-4", "W-40"})
  void zeroIsAValue() {
    resolution.ini("[aws]\nretries = 0\nbackoff_seconds = 0\n");
    assertThat(resolution.s3().retries()).isZero();
    assertThat(resolution.s3().backoff()).isZero();
  }

  @Test
  @Rule("CFG-9")
  void missingKeyHasItsDefault() {
    assertThat(resolution.ini("").config()).isEqualTo(DataConfig.defaults());
    assertThat(resolution.ini("[aws]\n[platform]\nurl = x\n").config())
        .isEqualTo(DataConfig.defaults());
  }

  @Test
  @Rule({"CFG-10", "W-42"})
  void aSecretKeepsItsPercentSigns() {
    resolution.ini(
        "[aws]\nsecret_access_key = a%b;c#d=e%\n[azure]\nstorage_account_key = x%%y==\n");
    assertThat(resolution.s3().secretAccessKey()).isEqualTo(Secret.of("a%b;c#d=e%"));
    assertThat(resolution.config().azure().accountKey()).isEqualTo(Secret.of("x%y=="));
  }

  @Test
  @Rule({"CFG-3", "CFG-11"})
  void anEmptyValueIsTheDefault() {
    resolution.ini("[aws]\nendpoint =\nretries =\nbackoff_seconds =\nenable_debug =\nregion =\n");
    resolution.env("AWS_REGION", "machine");
    assertThat(resolution.s3()).isEqualTo(S3Config.builder().region("machine").build());
    assertThat(resolution.origin(ConfigKey.S3_RETRIES)).isEqualTo(new Origin.Default());
  }

  @Test
  void theDefaultSectionHoldsForSectionsThatAreThere() {
    resolution.ini("[DEFAULT]\nendpoint = http://default\nregion = r\n[aws]\nregion = own\n");
    assertThat(resolution.s3().endpoint()).isEqualTo("http://default");
    assertThat(resolution.s3().region()).isEqualTo("own");
    assertThat(resolution.config().gcs().endpoint()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"config", "a.config", "flytekit.ini", "yaml.txt", "config.YAML"})
  @Rule("CFG-12")
  void anyNameThatDoesNotEndInYamlIsIni(String name) {
    resolution.file(directory.resolve(name), "[aws]\nregion = r\n");
    assertThat(resolution.s3().region()).isEqualTo("r");
  }

  @Test
  @Rule("CFG-13")
  void aMissingFileIsEmptyAndSaid() {
    Path missing = directory.resolve("missing.config");
    resolution.missing(missing);
    assertThat(resolution.config()).isEqualTo(DataConfig.defaults());
    assertThat(resolution.warnings).singleElement().asString().contains(missing.toString());
  }

  @Test
  @Rule("CFG-13")
  void aSyntaxErrorIsAnError() {
    resolution.ini("region = r\n");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("given.config line 1")
        .withMessageContaining("[aws]");
  }

  @Test
  @Rule("CFG-13")
  void theInternalSectionIsRefused() {
    resolution.ini("[internal]\nx = 1\n");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(resolution::resolve)
        .withMessageContaining("given.config")
        .withMessageContaining("cannot contain a section for internal only configurations");
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    resolution.ini("\uFEFF[aws]\nregion = r\n");
    assertThat(resolution.s3().region()).isEqualTo("r");
  }

  @Test
  @Rule("B84")
  void isUtf8OnEveryMachine() throws IOException {
    resolution.ini("[azure]\nstorage_account_key = \u00e4\u20ac\n");
    assertThat(resolution.config().azure().accountKey()).isEqualTo(Secret.of("\u00e4\u20ac"));
    Path latin =
        Files.write(
            directory.resolve("latin.config"),
            "[aws]\nregion = \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> resolution.missing(latin).resolve())
        .withMessageContaining("UTF-8");
  }

  @Test
  void fileThatIsNoConfigurationIsRefused() throws IOException {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> resolution.missing(directory).resolve())
        .withMessageContaining("cannot be read");
    Path huge = Files.write(directory.resolve("huge.config"), new byte[1024 * 1024 + 1]);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> resolution.missing(huge).resolve())
        .withMessageContaining("1 MiB");
  }
}
