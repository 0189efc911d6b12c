/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {
  @Rule({"B09", "B10", "B11", "B12", "B13", "B14"})
  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", ".", "./a", "a/./b", "..", "../a", "a/../b", "a/.."})
  void refusesWhatCouldLeaveItsRoot(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RelativePath(value))
        .withMessageMatching("Cannot use the relative path '.*': (it|the) .*\\. Rename it\\.");
    assertThat(RelativePath.problemOf(value)).endsWith(".");
  }

  @Rule({"B16", "B17", "B18", "B19", "B22", "B23"})
  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "a",
        "a/b",
        "...",
        "..a",
        "a..",
        ".hidden",
        "_SUCCESS",
        "a:b",
        "2024-01-01T00:00:00",
        "a%zz",
        " a ",
        " ",
        "#?&=;",
        "*?[]{}",
        "s3:",
        "C:\\x",
        "\\..\\x"
      })
  void keepsOtherNames(String value) {
    RelativePath path = new RelativePath(value);
    assertThat(path.value()).isEqualTo(value).isEqualTo(path.toString());
    assertThat(path.compareTo(new RelativePath(value))).isZero();
  }

  @Test
  void splits() {
    assertThat(new RelativePath("a/b/c").name()).isEqualTo("c");
    assertThat(new RelativePath("a/b/c").parent()).isEqualTo(new RelativePath("a/b"));
    assertThat(new RelativePath("a").parent()).isNull();
    assertThat(new RelativePath("a")).isLessThan(new RelativePath("b"));
  }

  @Rule({"B09", "B39"})
  @Test
  void liesBetweenALocalRootAndWhatIsBelow() {
    Path root = Path.of("/r");
    assertThat(RelativePath.between(root, Path.of("/r/a/b c"))).hasToString("a/b c");
    assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.between(root, root));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RelativePath.between(root, Path.of("/other")));
  }

  @Rule("B01")
  @Test
  void refusesNullByName() {
    assertThatNullPointerException().isThrownBy(() -> new RelativePath(null)).withMessage("value");
  }
}
