/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A named run needs no right that its files do not need, and its journal is its owner's alone. */
@Timeout(120)
@Tag("slow")
class JournalRightsTest {
  private static final int FILES = 6;
  private static final String JOURNAL = "._flyte_job_night_000000";
  private static final FsPermission READ_ONLY = new FsPermission((short) 0555);

  @TempDir Path temp;
  private Path from;

  @BeforeEach
  void files() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    for (int i = 0; i < FILES; i++) {
      Files.write(from.resolve("f" + i), new byte[] {(byte) i});
    }
    setMode(from.resolve("f3"), "---------");
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Outcome copy(String to) throws Exception {
    return Outcome.boundByModes(
        Map.of("HADOOP_USER_NAME", "someone"), "cp", "-r", "--job-id", "night", from + "", to);
  }

  private static List<String> names(Path directory) throws IOException {
    try (var names = Files.list(directory)) {
      return names.map(name -> name.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @Rule({"F96", "F82"})
  void whereNobodyMayWriteBesideADirectoryTheJournalIsInIt() throws Exception {
    Path parent = Files.createDirectory(temp.resolve("parent"));
    Path to = Files.createDirectory(parent.resolve("to"));
    setMode(parent, "r-xr-xr-x");
    Outcome first = copy(to.toString());
    assertThat(first.code()).as(first.err()).isEqualTo(3);
    assertThat(first.err()).contains("f3").contains("permission is denied");
    assertThat(names(parent)).containsExactly("to");
    assertThat(mode(to.resolve(JOURNAL))).isEqualTo("rw-------");
    setMode(from.resolve("f3"), "rw-r--r--");
    Outcome second = copy(to.toString());
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out()).contains(FILES - 1 + " files were there from an earlier run");
    assertThat(names(to)).containsExactly("f0", "f1", "f2", "f3", "f4", "f5");
  }

  @Test
  @Rule({"F96", "F82"})
  void onHdfsTheJournalNeedsTheTargetAlone() throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    String parent = hdfs.newDirectory();
    try (FileSystem fileSystem = hdfs.newFileSystem()) {
      var to = new org.apache.hadoop.fs.Path(parent, "to");
      fileSystem.mkdirs(to);
      fileSystem.setOwner(to, "someone", "someone");
      fileSystem.setPermission(to.getParent(), READ_ONLY);
      assertThat(copy(to.toString()).code()).isEqualTo(3);
      assertThat(fileSystem.getFileStatus(new org.apache.hadoop.fs.Path(to, JOURNAL)))
          .satisfies(file -> assertThat(file.getPermission()).hasToString("rw-------"));
      setMode(from.resolve("f3"), "rw-r--r--");
      Outcome second = copy(to.toString());
      assertThat(second.code()).as(second.err()).isZero();
      assertThat(second.out()).contains(FILES - 1 + " files were there from an earlier run");
      assertThat(hdfs.names(to.toString())).hasSize(FILES);
    }
  }

  @Test
  @Rule({"F78", "F96"})
  void theJournalOfSomebodyElseIsANote() throws Exception {
    Path parent = Files.createDirectory(temp.resolve("parent"));
    setMode(from.resolve("f3"), "rw-r--r--");
    Path others = Files.write(parent.resolve(JOURNAL), new byte[10]);
    setMode(others, "---------");
    Outcome copied = copy(parent.resolve("to").toString());
    assertThat(copied.code()).as(copied.err()).isZero();
    assertThat(copied.out())
        .contains("Whether an earlier run of this name has stopped could not be seen")
        .contains("This run cannot be gone on with when it stops");
    assertThat(names(parent.resolve("to"))).hasSize(FILES);
    assertThat(others).as("not ours to remove").exists();
  }
}
