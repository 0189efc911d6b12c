/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --preserve mode} of put, get and cp. */
@Rule("B95")
class PreserveVerbsTest {
  @TempDir Path temp;
  private Path from;

  @BeforeEach
  void files() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    setMode(Files.write(from.resolve("key"), new byte[3]), "rw-------");
    setMode(Files.write(from.resolve("run.sh"), new byte[5]), "rwxr-x--x");
    setMode(from, "rwx-----x");
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void done(String... args) {
    Outcome outcome = Outcome.of(args);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @Test
  void aTreeKeepsItsModesOnTheWayToHdfsAndBack() throws IOException {
    String there = MiniHdfs.shared().newDirectory() + "/tree";
    done("put", "-r", "--preserve", "mode", from.toString(), there);
    done("cp", "-r", "--preserve=mode", there, there + "-2");
    Path back = temp.resolve("back");
    done("get", "-r", "--preserve", "mode", there + "-2", back.toString());
    assertThat(mode(back)).isEqualTo("rwx-----x");
    assertThat(mode(back.resolve("key"))).isEqualTo("rw-------");
    assertThat(mode(back.resolve("run.sh"))).isEqualTo("rwxr-x--x");
  }

  @Test
  void oneFileGoesIntoADirectoryThatIsThere() throws IOException {
    String there = MiniHdfs.shared().newDirectory();
    done("put", "--preserve", "mode", from.resolve("run.sh").toString(), there);
    try (FileSystem fileSystem = MiniHdfs.shared().newFileSystem()) {
      assertThat(fileSystem.getFileStatus(new org.apache.hadoop.fs.Path(there, "run.sh")))
          .satisfies(file -> assertThat(file.getPermission()).hasToString("rwxr-x--x"));
    }
    Path back = Files.createDirectory(temp.resolve("back"));
    done("get", "--preserve", "mode", there + "/run.sh", back.toString());
    assertThat(mode(back.resolve("run.sh"))).isEqualTo("rwxr-x--x");
  }

  @Test
  void nothingElseIsKept() {
    Outcome times = Outcome.of("cp", "--preserve", "times", from + "/key", temp + "/to");
    assertThat(times.code()).isEqualTo(2);
    assertThat(times.err()).contains("--preserve").contains("times");
    Outcome memory = Outcome.of("put", "--preserve", "mode", from + "/key", "memory://m/to");
    assertThat(memory.code()).isEqualTo(1);
    assertThat(memory.err()).contains("there are no modes").hasLineCount(1);
  }
}
