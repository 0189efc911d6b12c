/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.flytehadoop.config.text.IniFile;
import io.github.flytehadoop.error.ConfigException;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected values are what Python's configparser gave for the same text. */
class IniFileTest {
  private static final Path FILE = Path.of("flytekit.config");

  private static IniFile parse(String text) {
    return IniFile.parse(FILE, text);
  }

  @Test
  void equalsSignAndColonEndAName() {
    IniFile ini = parse("[a]\nx = 1\ny: 2\nz=http://h:1\nv : = 3\n");
    assertThat(ini.value("a", "x")).isEqualTo("1");
    assertThat(ini.value("a", "y")).isEqualTo("2");
    assertThat(ini.value("a", "z")).isEqualTo("http://h:1");
    assertThat(ini.value("a", "v")).isEqualTo("= 3");
  }

  @Test
  void commentsStandOnLinesOfTheirOwn() {
    IniFile ini = parse("# one\n[a]\n  ; two\nkey = a;b # c\n");
    assertThat(ini.value("a", "key")).isEqualTo("a;b # c");
  }

  @Test
  void optionNamesAreLowerCasedAndSectionsAreNot() {
    IniFile ini = parse("[A]\nKey Name = V\n[a]\n");
    assertThat(ini.sectionNames()).containsExactly("A", "a");
    assertThat(ini.optionNames("A")).containsExactly("key name");
    assertThat(ini.value("A", "key name")).isEqualTo("V");
    assertThat(ini.value("a", "key name")).isNull();
  }

  @Test
  void aDeeperLineGoesOnWithTheValue() {
    IniFile ini = parse("[a]\nx = 1\n  2\n\n  # no\n  3 = 4\n\n\ny = 5\n");
    assertThat(ini.value("a", "x")).isEqualTo("1\n2\n\n3 = 4");
    assertThat(ini.value("a", "y")).isEqualTo("5");
    assertThat(parse("[a]\nx =\n  1\n").value("a", "x")).isEqualTo("\n1");
  }

  @Test
  void anIndentedOptionIsAnOptionAfterAHeader() {
    IniFile ini = parse("[a]\n  x = 1\n  y = 2\n    z = 3\n [b]\nw = 4\n");
    assertThat(ini.value("a", "y")).isEqualTo("2\nz = 3");
    assertThat(ini.value("b", "w")).isEqualTo("4");
  }

  @Test
  void aValueMayBeEmpty() {
    assertThat(parse("[a]\nx =\ny = 1").value("a", "x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a%b,a%b", "a%%b,a%b", "%%%,%%", "100%,100%", "%(x)s,%(x)s", "%,%"})
  @Rule({"CFG-10", "W-42"})
  void aPercentSignIsNeverTheEndOfAValue(String text, String value) {
    assertThat(parse("[a]\nx = " + text).value("a", "x")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void everyLineEndCounts(String end) {
    IniFile ini = parse(String.join(end, "[a]", "x = 1", "y = 2"));
    assertThat(ini.value("a", "x")).isEqualTo("1");
    assertThat(ini.value("a", "y")).isEqualTo("2");
  }

  @Test
  void aSectionNameEndsAtTheLastBracket() {
    assertThat(parse("[a] ; [b] rest\nx = ]\n").sectionNames()).containsExactly("a] ; [b");
  }

  @Test
  void theDefaultSectionMayComeTwice() {
    IniFile ini = parse("[DEFAULT]\nx = 1\n[a]\n[DEFAULT]\ny = 2\n");
    assertThat(ini.sectionNames()).containsExactly("a");
    assertThat(ini.value("DEFAULT", "y")).isEqualTo("2");
  }

  @ParameterizedTest(name = "[{index}]")
  @CsvSource({
    "'x = 1',1,1",
    "'[a]\nx = 1\nX = 2',3,1",
    "'[a]\n[b]\n[a]',3,1",
    "'[a]\n  test-secret-9',2,3",
    "'[a]\n= test-secret-9',2,1",
    "'[]',1,1",
    "'[a]\n [b',2,2",
    "'[DEFAULT]\nx = 1\nx = 2',3,1"
  })
  @Rule({"B91", "CFG-13"})
  void aSyntaxErrorNamesItsPlaceAndNotItsText(String text, int line, int column) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse(text))
        .satisfies(
            e ->
                assertThat(e.origin())
                    .isEqualTo("flytekit.config line " + line + " column " + column))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("test-secret"));
  }
}
