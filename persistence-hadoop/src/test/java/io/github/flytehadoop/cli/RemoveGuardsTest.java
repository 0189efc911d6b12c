/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code rm -r} never deletes, however it is spelled. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class RemoveGuardsTest {
  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void plant() throws IOException {
    directory = Files.createDirectories(temp.resolve("d/sub"));
    Files.writeString(directory.resolve("file"), "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.", "/./", "/./.", "/sub/./."})
  @Rule("F64")
  void aPathThatEndsWithADotDeletesNothing(String tail) {
    for (String before : new String[] {"", "file:", "file://"}) {
      Outcome refused = Outcome.of("rm", "-r", before + temp.resolve("d") + tail);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("its last part is .").hasLineCount(1);
      assertThat(directory.resolve("file")).exists();
    }
  }

  @Test
  @Rule("F64")
  void dotsWithinAPathMeanTheDirectory() {
    assertThat(Outcome.of("rm", "-r", temp + "/./d/./sub").code()).isZero();
    assertThat(directory).doesNotExist();
    assertThat(directory.getParent()).exists();
  }
}
