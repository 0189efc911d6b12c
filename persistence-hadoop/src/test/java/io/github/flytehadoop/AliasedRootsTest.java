/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.ScriptedLocalFileSystem;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.DeleteExtra;
import io.github.flytehadoop.transfer.OnExisting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two names of one place: no copy takes one for the other, and nothing is deleted. */
class AliasedRootsTest {
  private static final CopyOptions SYNC =
      CopyOptions.defaults()
          .withOnExisting(OnExisting.OVERWRITE)
          .withDeleteExtra(DeleteExtra.upTo(1000));

  @TempDir Path temp;

  @AfterEach
  void heal() {
    ScriptedLocalFileSystem.heal();
  }

  private FileAccessProvider provider(Configuration conf) throws IOException {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(temp.resolve("raw").toString())
        .dataConfig(DataConfig.defaults())
        .hadoopConfiguration(conf)
        .build();
  }

  private List<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private Path tree(String name, String... files) throws IOException {
    Path root = temp.resolve(name);
    for (String file : files) {
      Path at = root.resolve(file);
      Files.createDirectories(at.getParent());
      Files.writeString(at, "bytes of " + at.getFileName());
    }
    return root;
  }

  /** From one name to the other, where no name shows that they are one. */
  @ParameterizedTest
  @ValueSource(strings = {"2024>", ">2024", ">", "2024>:a", "2024/deep>"})
  @Rule({"F61", "B38", "B39"})
  void aliasThatNoNameShowsIsProvenByAFile(String roots) throws Exception {
    Path data = tree("data", "2024/a", "2024/deep/b", "2023/a", "2023/c", "top");
    List<String> before = files(data);
    String[] ends = roots.replace(":a", "").split(">", -1);
    CopyOptions options = roots.endsWith(":a") ? SYNC.withExclude("a") : SYNC;
    Path from = data.resolve(ends[0]);
    Path to = data.resolve(ends[1]);
    try (FileAccessProvider provider = provider(ScriptedLocalFileSystem.configuration())) {
      if (!from.equals(to)) {
        assertThatThrownBy(() -> provider.copy(from.toString(), "mirror://disk" + to, options))
            .isInstanceOf(CopyException.class)
            .hasMessageContaining("one place by two names");
        assertThatThrownBy(() -> provider.copy("mirror://disk" + from, to.toString(), options))
            .isInstanceOf(CopyException.class)
            .hasMessageContaining("one place by two names");
      } else {
        provider.copy(from.toString(), "mirror://disk" + to, options); // nothing is extra
      }
    }
    assertThat(files(data)).as("all is there, and no probe").isEqualTo(before);
  }

  @Test
  @Rule("F61")
  void twoPlacesAreSynchronisedAndNoProbeStays() throws Exception {
    Path from = tree("from", "a", "d/b");
    Path to = tree("to", "x/a", "y/d/b", "old");
    try (FileAccessProvider provider = provider(ScriptedLocalFileSystem.configuration())) {
      provider.copy(from.toString(), "mirror://disk" + to, SYNC);
    }
    assertThat(files(to)).containsExactly("a", "d/b");
    assertThat(files(from)).containsExactly("a", "d/b");
  }

  @Test
  @Rule("F61")
  void whereNothingCanBeProvenNothingIsDeleted() throws Exception {
    Path from = tree("from", "a");
    MiniHdfs hdfs = MiniHdfs.shared();
    String to = hdfs.newDirectory();
    try (var fileSystem = hdfs.newFileSystem()) {
      fileSystem.create(new org.apache.hadoop.fs.Path(to, "old")).close();
      org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(to);
      fileSystem.setQuota(root, 2, Long.MAX_VALUE / 2);
      try (FileAccessProvider provider = provider(hdfs.configuration())) {
        assertThatThrownBy(() -> provider.copy(from.toString(), to, SYNC))
            .isInstanceOf(CopyException.class)
            .hasMessageContaining("cannot be proven")
            .hasMessageContaining("Nothing was changed");
      }
      assertThat(hdfs.names(to)).containsExactly("old");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "default", "viewfs", "webhdfs"})
  @RequireStores("hdfs")
  @Rule({"F61", "B38", "B39"})
  void aClusterHasManyNames(String spelling) throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    String data = hdfs.newDirectory();
    String path = data.substring(hdfs.uri().toString().length());
    Configuration conf = hdfs.configuration();
    conf.set("fs.viewfs.mounttable.many.link./mounted", data);
    String web = hdfs.cluster().getHttpUri(0).replaceFirst("^http://", "");
    String target =
        switch (spelling) {
          case "localhost" -> data.replace("127.0.0.1", "localhost");
          case "default" -> "hdfs://" + path;
          case "viewfs" -> "viewfs://many/mounted";
          default -> "webhdfs://" + web + path;
        };
    try (var fileSystem = hdfs.newFileSystem();
        FileAccessProvider provider = provider(conf)) {
      fileSystem.create(new org.apache.hadoop.fs.Path(data, "2024/a")).close();
      fileSystem.create(new org.apache.hadoop.fs.Path(data, "2023/a")).close();
      List<String> before = hdfs.names(data);
      assertThatThrownBy(() -> provider.copy(data + "/2024", target, SYNC))
          .hasMessageMatching("(?s).*(one lies in the other|one place by two names).*");
      assertThat(hdfs.names(data)).isEqualTo(before);
      if (!spelling.equals("webhdfs")) {
        assertThatThrownBy(() -> provider.copy(data + "/2024", target, CopyOptions.defaults()))
            .as("also when nothing is deleted")
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  @Rule("F77")
  void aDirectoryThatVanishesWhileTheTargetIsListedIsNoEmptyTarget() throws Exception {
    Path from = tree("from", "a");
    Path to = tree("to", "a", "d/b");
    try (FileAccessProvider provider = provider(ScriptedLocalFileSystem.configuration())) {
      ScriptedLocalFileSystem.script(
          directory -> {
            if (directory.getName().equals("d")) {
              Files.deleteIfExists(to.resolve("d/b"));
              Files.deleteIfExists(to.resolve("d"));
            }
          });
      assertThatThrownBy(
              () -> provider.copy(from.toString(), "mirror://disk" + to, CopyOptions.defaults()))
          .isInstanceOfSatisfying(
              CopyException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_CHANGED))
          .hasMessageContaining("vanished");
    }
    assertThat(Files.readString(to.resolve("a"))).isEqualTo("bytes of a");
  }

  @Test
  @Rule("F77")
  void anAbsentTargetIsEmpty() throws Exception {
    Path from = tree("from", "a");
    try (FileAccessProvider provider = provider(ScriptedLocalFileSystem.configuration())) {
      provider.copy(from.toString(), "mirror://disk" + temp.resolve("to"), CopyOptions.defaults());
    }
    assertThat(files(temp.resolve("to"))).containsExactly("a");
  }
}
