/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rm} on an HDFS whose servers keep a trash, and on one that has none. */
@Rule("B95")
@Timeout(120)
@Tag("slow")
class TrashTest {
  private static MiniHdfs hdfs;
  private static FileSystem fileSystem;

  @BeforeAll
  static void start() throws IOException {
    hdfs = MiniHdfs.start(1, Map.of("fs.trash.interval", "60"));
    fileSystem = FileSystem.newInstance(hdfs.uri(), hdfs.configuration());
  }

  @AfterAll
  static void stop() throws IOException {
    fileSystem.close();
    hdfs.close();
  }

  @BeforeEach
  void files() throws IOException {
    fileSystem.delete(trash(""), true);
    fileSystem.create(new Path("/dir/a b/file"), true).close();
  }

  private static Path trash(String path) {
    return new Path(fileSystem.getHomeDirectory() + "/.Trash/Current" + path);
  }

  private static String uri(String path) {
    return hdfs.uri() + path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dir", "/dir/"})
  void aDirectoryGoesToTheTrashThatTheServerKeeps(String path) throws IOException {
    Outcome rm = Outcome.of("rm", "-r", uri(path));
    assertThat(rm.err()).isEmpty();
    assertThat(rm.out()).isEqualTo("moved to the trash " + uri(path) + "\n");
    assertThat(fileSystem.exists(new Path("/dir"))).isFalse();
    assertThat(fileSystem.exists(trash("/dir"))).isTrue();
  }

  @Test
  void aFileDoesToo() throws IOException {
    Outcome rm = Outcome.of("rm", "--output=json", uri("/dir/a b/file"));
    assertThat(rm.out()).contains("\"deleted\":true", "\"trashed\":true");
    assertThat(fileSystem.exists(trash("/dir/a b/file"))).isTrue();
  }

  @Test
  void skippedItIsDeletedAtOnce() throws IOException {
    Outcome rm = Outcome.of("rm", "-r", "--skip-trash", uri("/dir"));
    assertThat(rm.out()).isEqualTo("deleted " + uri("/dir") + "\n");
    assertThat(fileSystem.exists(new Path("/dir"))).isFalse();
    assertThat(fileSystem.exists(trash("/dir"))).isFalse();
  }

  @Test
  void fileInTheTrashIsDeleted() throws IOException {
    Outcome.of("rm", "-r", uri("/dir"));
    Outcome rm = Outcome.of("rm", "-r", trash("/dir").toString());
    assertThat(rm.out()).startsWith("deleted ");
    assertThat(fileSystem.exists(trash("/dir"))).isFalse();
  }

  @Test
  void theGuardsAreTheSame() throws IOException {
    assertThat(Outcome.of("rm", uri("/dir")).err()).contains("it is a directory");
    assertThat(Outcome.of("rm", uri("/none")).code()).isEqualTo(1);
    Outcome root = Outcome.of("rm", "-r", uri("/"));
    assertThat(root.err()).startsWith("flyte-data: Cannot ").hasLineCount(1);
    assertThat(root.code()).isEqualTo(1);
    assertThat(fileSystem.exists(new Path("/dir/a b/file"))).isTrue();
  }

  @Test
  void withoutATrashItIsDeleted() throws IOException {
    FileSystem without = FileSystem.get(MiniHdfs.shared().uri(), MiniHdfs.shared().configuration());
    without.create(new Path("/trashless"), true).close();
    Outcome rm = Outcome.of("rm", MiniHdfs.shared().uri() + "/trashless");
    assertThat(rm.out()).startsWith("deleted ");
    assertThat(without.exists(new Path("/trashless"))).isFalse();
  }
}
