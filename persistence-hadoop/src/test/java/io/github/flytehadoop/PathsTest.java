/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.location.PathForm;
import io.github.flytehadoop.location.RecursivePaths;
import io.github.flytehadoop.testkit.Rule;
import java.io.File;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rooms decide; this is that the facade asks the right one. */
class PathsTest {
  @TempDir Path temp;
  private FileAccessProvider provider;

  @BeforeEach
  void open() throws Exception {
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp)
            .rawOutputPrefix("s3://bucket/raw")
            .dataConfig(DataConfig.defaults())
            .randomNames(() -> "random")
            .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  @Rule({"FAP-J-1", "FAP-J-3"})
  void joinsOnTheRawOutputFileSystem() {
    assertThat(provider.join("s3://a/", "b", "c")).isEqualTo("s3://a/b/c");
    assertThat(provider.join("s3://a//", "b")).isEqualTo("s3://a//b");
    assertThat(provider.join("s3://a")).isEqualTo("s3://a");
    assertThatThrownBy(() -> provider.join("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Rule({"FAP-J-2", "FAP-J-4", "W-14"})
  void joinsOnAnotherFileSystem() throws Exception {
    FileSystem local = provider.localAccess();
    assertThat(provider.join(local, PathForm.AS_GIVEN, "/a", "b")).isEqualTo("/a/b");
    assertThat(provider.join(local, PathForm.WITH_PROTOCOL, "/a", "b")).isEqualTo("file:///a/b");
    FileSystem s3 = provider.getFileSystem();
    assertThat(provider.join(s3, PathForm.WITH_PROTOCOL, "a", "b")).isEqualTo("s3://a/b");
    assertThatThrownBy(() -> provider.join(s3, PathForm.AS_GIVEN, "/tmp", "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> provider.join(local, PathForm.AS_GIVEN, "s3://a", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Rule({"FAP-GP-1", "W-15"})
  void makesCustomPaths() throws Exception {
    assertThat(provider.generateNewCustomPath()).isEqualTo("s3://bucket/raw/random");
    assertThat(provider.generateNewCustomPath("", "")).isEqualTo("s3://bucket/raw/random");
    assertThat(provider.generateNewCustomPath("alt", "s.txt")).isEqualTo("s3://alt/raw/s.txt");
    assertThat(provider.generateNewCustomPath(provider.getFileSystem(), "s3://alt", null))
        .isEqualTo("s3://alt/raw/random");
    assertThatThrownBy(() -> provider.generateNewCustomPath(provider.localAccess(), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s3://bucket/raw/");
    assertThatThrownBy(() -> provider.generateNewCustomPath(null, "../x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Rule({"FAP-RL-1", "FAP-RL-2"})
  void makesLocalPaths() throws Exception {
    Path sandbox = temp.resolve("local_flytekit");
    assertThat(provider.getRandomLocalPath()).isEqualTo(sandbox.resolve("random")).doesNotExist();
    assertThat(provider.getRandomLocalPath("s3://b/d/x.csv"))
        .isEqualTo(sandbox.resolve("random/x.csv"))
        .doesNotExist();
    assertThat(provider.getRandomLocalPath("d/")).isEqualTo(sandbox.resolve("random"));
    assertThat(provider.getRandomLocalDirectory())
        .isEqualTo(sandbox.resolve("random"))
        .isDirectory();
  }

  @Test
  @Rule({"FAP-RR-1", "FAP-RR-2"})
  void makesRemotePaths() {
    assertThat(provider.getRandomRemotePath()).isEqualTo("s3://bucket/raw/random");
    assertThat(provider.getRandomRemotePath("/a/x.csv")).isEqualTo("s3://bucket/raw/random/x.csv");
    assertThat(provider.getRandomRemotePath("x/y/")).isEqualTo("s3://bucket/raw/random/");
    assertThat(provider.getRandomRemoteDirectory()).isEqualTo("s3://bucket/raw/random");
  }

  @Test
  @Rule({"FAP-RS-1", "FAP-C7"})
  void randomNamesAreOf128Bits() throws Exception {
    assertThat(provider.getRandomString()).isEqualTo("random");
    try (FileAccessProvider usual = FileAccessProvider.localDefault()) {
      Set<String> names =
          IntStream.range(0, 100)
              .mapToObj(i -> usual.getRandomString())
              .collect(Collectors.toSet());
      assertThat(names).hasSize(100).allMatch(name -> name.matches("[0-9a-f]{32}"));
    }
  }

  @Test
  @Rule("FAP-SEP-1")
  void separates() throws Exception {
    assertThat(provider.sep(null)).isEqualTo(File.separator);
    assertThat(provider.sep(provider.localAccess())).isEqualTo(File.separator);
    assertThat(provider.sep(provider.getFileSystem())).isEqualTo("/");
  }

  @Test
  @SuppressWarnings("deprecation")
  @Rule({"FAP-FT-1", "FAP-SH-1", "FAP-RP-1", "FAP-R-1", "W-13"})
  void readsPaths() {
    assertThat(FileAccessProvider.getFileTail("s3://b/k.csv?versionId=1"))
        .isEqualTo("k.csv?versionId=1");
    assertThat(FileAccessProvider.stripFileHeader("file:///a/b%20c")).isEqualTo("/a/b%20c");
    assertThat(FileAccessProvider.recursivePaths("s3://b/x.txt", "/o"))
        .isEqualTo(new RecursivePaths("s3://b/x.txt/", "/o/"));
    assertThat(FileAccessProvider.isRemote("S3://b")).isTrue();
    assertThat(FileAccessProvider.isRemote("LOCAL:///a")).isFalse();
  }
}
