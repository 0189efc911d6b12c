/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.csv         | a.csv        | true
          *.csv         | d/a.csv      | false
          **.csv        | d/e/a.csv    | true
          **/a          | d/e/a        | true
          **/a          | a            | false
          d/**          | d/e/f        | true
          d/*/f         | d/e/f        | true
          d/*/f         | d/e/e/f      | false
          ?             | \u4e2d       | true
          ?             | \ud83d\ude00 | true
          ?             | ab           | false
          a?b           | a/b          | false
          [a-c]x        | bx           | true
          [!a-c]x       | bx           | false
          [!a]          | /            | false
          []]           | ]            | true
          [a-]          | -            | true
          {a,b*}.txt    | b12.txt      | true
          {a,b*}.txt    | c.txt        | false
          x{,y}z        | xz           | true
          a,b           | a,b          | true
          \\*           | *            | true
          \\*           | a            | false
          \\{a\\}       | {a}          | true
          $(^.)+        | $(^.)+       | true
          """)
  void matches(String glob, String path, boolean fits) {
    assertThat(Glob.of(glob).matches(path)).isEqualTo(fits);
  }

  /** What the JDK makes of globs is right, where it comes to an end. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithTheJdk(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      String glob = pick(random, "a", "b", "/", "*", "**", "?", "[ab]", "[!a]", "{a,b}", "{,a*}");
      String path =
          pick(random, "a", "b", "c", "/", "ab", "b/a").replaceAll("^/+|/+$|(?<=/)/+", "");
      PathMatcher theirs = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      assertThat(Glob.of(glob).matches(path))
          .as("%s on %s", glob, path)
          .isEqualTo(theirs.matches(Path.of(path)));
    }
  }

  private static String pick(Random random, String... pieces) {
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(6); left > 0; left--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[a", "a{b", "{a,{b,c}}", "}", "a}", "\\", "[z-a]"})
  @Rule("B63")
  void refusesWhatIsBroken(String glob) {
    assertThatThrownBy(() -> Glob.of(glob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use the glob '" + glob + "': ")
        .hasMessageEndingWith(".");
  }

  /** A matcher that backtracks does not come back from these. */
  @Test
  @Rule("B63")
  void aPatternMadeToTakeForEverDoesNot() {
    String name = "a".repeat(1000) + "b";
    assertThat(Glob.of("*a".repeat(100) + "c").matches(name)).isFalse();
    assertThat(Glob.of("**a".repeat(100) + "c").matches(name)).isFalse();
    assertThat(Glob.of("{a*,*a,**}".repeat(50) + "c").matches(name)).isFalse();
    assertThat(Glob.of("*a".repeat(100) + "b").matches(name)).isTrue();
    String huge = "x".repeat(5000);
    assertThatThrownBy(() -> Glob.of(huge)).hasMessageContaining("5000 characters");
  }
}
