/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.Preserve;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.mapreduce.MapReduceEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Modes go with their files where that is asked for, and nowhere else. */
@Rule("B95")
@Tag("slow")
class PreserveModeTest {
  private static final CopyOptions MODES = CopyOptions.defaults().withPreserve(Preserve.MODE);

  /** What the source has; the last is written in parts where a store takes parts. */
  private static final Map<String, String> TREE =
      new TreeMap<>(
          Map.of(
              "", "rwxr-x---",
              "run.sh", "rwxr-xr-x",
              "key", "rw-------",
              "d", "r-xr-xr-x",
              "d/read-only", "r--r--r--",
              "d/e", "rwx------",
              "d/e/all", "rwxrwxrwx",
              "empty", "rwx--x--x",
              "large", "rw-r-----"));

  private static final int LARGE = (11 << 20) + 3;

  @TempDir Path temp;
  private final MiniHdfs hdfs = MiniHdfs.shared();
  private FileSystem fileSystem;
  private FileAccessProvider provider;

  /** From where to where, and by whom. */
  enum Way {
    PUT,
    GET,
    ON_DISK,
    ON_HDFS,
    ON_MAPREDUCE;

    boolean isFromDisk() {
      return this == PUT || this == ON_DISK;
    }

    boolean isToDisk() {
      return this == GET || this == ON_DISK;
    }

    CopyOptions options() {
      return MODES.withEngine(this == ON_MAPREDUCE ? Engine.MAPREDUCE : Engine.LOCAL);
    }
  }

  @BeforeEach
  void start() throws IOException {
    Configuration conf = hdfs.configuration();
    conf.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
    fileSystem = hdfs.newFileSystem();
    provider =
        Providers.on(hdfs, hdfs.newDirectory(), temp.resolve("sandbox"))
            .hadoopConfiguration(conf)
            .engine(new MapReduceEngine(conf))
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(5 << 20))
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    provider.close();
    fileSystem.close();
  }

  private String source(Way way) throws IOException {
    Path local = temp.resolve("from");
    for (String path : TREE.keySet()) {
      if (isDirectory(path)) {
        Files.createDirectories(local.resolve(path));
      } else {
        Files.write(local.resolve(path), new byte[path.equals("large") ? LARGE : path.length()]);
      }
    }
    String from = way.isFromDisk() ? local.toString() : hdfs.newDirectory() + "/from";
    if (!way.isFromDisk()) {
      fileSystem.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local.toString()), new org.apache.hadoop.fs.Path(from));
    }
    for (String path : TREE.keySet()) {
      setMode(from, path, TREE.get(path));
    }
    return from;
  }

  private static boolean isDirectory(String path) {
    return path.isEmpty() || path.equals("d") || path.equals("d/e") || path.equals("empty");
  }

  private String target(Way way) throws IOException {
    return way.isToDisk() ? temp.resolve("to").toString() : hdfs.newDirectory() + "/to";
  }

  private void setMode(String root, String path, String mode) throws IOException {
    if (root.startsWith("hdfs:")) {
      String at = path.isEmpty() ? root : root + "/" + path;
      fileSystem.setPermission(new org.apache.hadoop.fs.Path(at), FsPermission.valueOf("-" + mode));
    } else {
      Files.setPosixFilePermissions(Path.of(root, path), PosixFilePermissions.fromString(mode));
    }
  }

  private SortedMap<String, String> modes(String root) throws IOException {
    SortedMap<String, String> modes = new TreeMap<>();
    if (root.startsWith("hdfs:")) {
      gather(root, fileSystem.getFileStatus(new org.apache.hadoop.fs.Path(root)), modes);
      return modes;
    }
    try (var all = Files.walk(Path.of(root))) {
      for (Path path : all.toList()) {
        modes.put(
            Path.of(root).relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return modes;
  }

  private void gather(String root, FileStatus at, SortedMap<String, String> modes)
      throws IOException {
    String path = at.getPath().toString().substring(root.length()).replaceFirst("^/", "");
    modes.put(path, at.getPermission().toString());
    if (at.isDirectory()) {
      for (FileStatus below : fileSystem.listStatus(at.getPath())) {
        gather(root, below, modes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesAndNewDirectoriesHaveTheModesOfTheirOriginals(Way way) throws Exception {
    String to = target(way);
    provider.copy(source(way), to, way.options());
    assertThat(modes(to)).isEqualTo(TREE);
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryThatWasThereKeepsItsOwn(Way way) throws Exception {
    String to = target(way);
    String from = source(way);
    provider.copy(from, to, way.options().withInclude("d/e/all"));
    setMode(to, "", "rwxrwx---");
    setMode(to, "d", "rwxrwxr-x");
    provider.copy(
        from, to, way.options().withExclude("large").withOnExisting(OnExisting.OVERWRITE));
    assertThat(modes(to))
        .containsEntry("", "rwxrwx---")
        .containsEntry("d", "rwxrwxr-x")
        .containsEntry("d/e", TREE.get("d/e"))
        .containsEntry("empty", TREE.get("empty"))
        .containsEntry("key", TREE.get("key"));
  }

  @ParameterizedTest
  @EnumSource
  void oneFileKeepsItsMode(Way way) throws Exception {
    String to = target(way);
    CopyOptions single = way.options().withShape(BlobDimensionality.SINGLE);
    provider.copy(source(way) + "/run.sh", to, single);
    assertThat(modes(to)).containsExactly(Map.entry("", "rwxr-xr-x"));
  }

  @Test
  void unaskedTheTargetDecides() throws Exception {
    String to = target(Way.PUT);
    provider.copy(source(Way.PUT), to, CopyOptions.defaults());
    assertThat(modes(to)).containsEntry("run.sh", "rw-r--r--").containsEntry("d", "rwxr-xr-x");
  }

  @Test
  void aStoreWithoutModesIsRefusedBeforeAnythingIsSent() throws Exception {
    String from = source(Way.PUT);
    assertThatThrownBy(() -> provider.copy(from, "memory://modes/to", MODES))
        .isInstanceOfSatisfying(
            CopyException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.UNSUPPORTED))
        .hasMessageContaining("Cannot keep the modes of files, from or at memory://modes/to")
        .hasMessageContaining("Leave out --preserve mode");
    assertThat(provider.exists("memory://modes/to/key")).isFalse();
  }
}
