/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison can fail. */
class CopyComparisonTest {
  @TempDir Path left;
  @TempDir Path right;

  @BeforeEach
  void twins() throws IOException {
    for (Path root : new Path[] {left, right}) {
      Files.createDirectories(root.resolve("d"));
      Files.writeString(root.resolve("a"), "same");
      Files.writeString(root.resolve("d/b"), "same, too");
    }
  }

  @Test
  void identical() throws IOException {
    CopyComparison comparison = CopyComparison.of(left, right);
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.files()).isEqualTo(2);
    assertThat(comparison.bytes()).isEqualTo(13);
  }

  @Test
  void oneByte() throws IOException {
    Files.writeString(right.resolve("d/b"), "same, toO");
    assertThat(CopyComparison.of(left, right).differences()).containsExactly("d/b");
  }

  @Test
  void missingAndExtra() throws IOException {
    Files.delete(right.resolve("a"));
    Files.writeString(right.resolve("c"), "");
    assertThat(CopyComparison.of(left, right).differences()).containsExactly("a", "c");
  }
}
