/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSandboxTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef";

  @TempDir private Path disk;

  @Rule({"FAP-CT-3", "FAP-P-2"})
  @Test
  void isCreatedWithItsParentsAndMayExist() throws IOException {
    Path given = disk.resolve("a/b");
    assertThat(LocalSandbox.create(given).directory())
        .isEqualTo(given.resolve("local_flytekit"))
        .isEmptyDirectory();
    assertThat(LocalSandbox.create(given)).isEqualTo(LocalSandbox.create(given));
  }

  @Rule({"FAP-CT-3", "B42"})
  @Test
  void mayBeBehindALink() throws IOException {
    Path link =
        Files.createSymbolicLink(disk.resolve("link"), Files.createDirectory(disk.resolve("real")));
    assertThat(LocalSandbox.create(link).directory()).isDirectory();
    assertThat(LocalSandbox.create(link).directory()).isDirectory();
  }

  @Rule("FAP-CT-2")
  @Test
  void needsADirectory() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LocalSandbox.create(Path.of("")))
        .withMessageContaining("localSandboxDir");
    assertThatNullPointerException()
        .isThrownBy(() -> LocalSandbox.create(null))
        .withMessage("localSandboxDir");
  }

  @Rule("FAP-CT-3")
  @Test
  void saysWhatIsInTheWay() throws IOException {
    Path file = Files.createFile(disk.resolve("file"));
    for (Path given : new Path[] {file, file.resolve("below")}) {
      assertThatExceptionOfType(TransferException.class)
          .isThrownBy(() -> LocalSandbox.create(given))
          .withMessageStartingWith("Cannot create " + given.resolve("local_flytekit") + ": ")
          .withMessageEndingWith("Choose a localSandboxDir that you may write to.")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.LOCAL_IO));
    }
  }

  @Rule({"FAP-RL-1", "FAP-FT-1"})
  @Test
  void namesPathsAndCreatesNothing() throws IOException {
    LocalSandbox sandbox = LocalSandbox.create(disk);
    Path root = disk.resolve("local_flytekit");
    assertThat(sandbox.randomPath(HEX)).isEqualTo(root.resolve(HEX));
    assertThat(sandbox.randomPath(HEX, "s3://b/k.txt")).isEqualTo(root.resolve(HEX + "/k.txt"));
    assertThat(sandbox.randomPath(HEX, "x/")).isEqualTo(root.resolve(HEX));
    assertThat(sandbox.randomPath(HEX, "")).isEqualTo(root.resolve(HEX));
    assertThat(root).isEmptyDirectory();
  }

  @Rule("FAP-RL-2")
  @Test
  void createsRandomDirectories() throws IOException {
    Path made = LocalSandbox.create(disk).randomDirectory(HEX);
    assertThat(made).isEqualTo(disk.resolve("local_flytekit").resolve(HEX)).isEmptyDirectory();
  }

  @Rule({"B09", "FAP-RL-1"})
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"..", "x/..", "."})
  void refusesANameThatClimbs(String name) throws IOException {
    LocalSandbox sandbox = LocalSandbox.create(disk);
    assertThatIllegalArgumentException().isThrownBy(() -> sandbox.randomPath(HEX, name));
    assertThatIllegalArgumentException().isThrownBy(() -> sandbox.randomPath(name));
    assertThatIllegalArgumentException().isThrownBy(() -> sandbox.randomDirectory(name));
  }
}
