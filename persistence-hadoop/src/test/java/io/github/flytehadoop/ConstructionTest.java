/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.FileSystemOptions;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.RawData;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstructionTest {
  @TempDir Path temp;

  private FileAccessProvider.Builder builder() {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .dataConfig(DataConfig.defaults());
  }

  @Test
  @Rule({"FAP-CT-1", "FAP-CT-3", "FAP-P-1", "FAP-P-2"})
  void keepsWhatItIsGiven() throws Exception {
    DataConfig config = DataConfig.builder().s3(S3Config.builder().retries(7).build()).build();
    try (FileAccessProvider provider =
        builder().dataConfig(config).rawOutputPrefix("s3://bucket/raw").build()) {
      assertThat(provider.dataConfig()).isEqualTo(config);
      assertThat(provider.rawOutputPrefix()).isEqualTo("s3://bucket/raw/");
      assertThat(provider.localSandboxDir())
          .isEqualTo(temp.resolve("sandbox/local_flytekit"))
          .isDirectory();
    }
    assertThat(temp.resolve("sandbox/local_flytekit")).isDirectory();
  }

  @Test
  @Rule("FAP-CT-2")
  void needsASandbox() {
    assertThatThrownBy(() -> FileAccessProvider.builder().rawOutputPrefix(temp.toString()).build())
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("localSandboxDir");
    assertThatThrownBy(
            () -> builder().localSandboxDir(Path.of("")).rawOutputPrefix("s3://b").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("localSandboxDir");
  }

  @Test
  @Rule({"FAP-CT-8", "W-9"})
  void needsARawOutputPrefix() {
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("rawOutputPrefix");
  }

  @Test
  @Rule("FAP-CT-4")
  void findsTheConfigurationByItself() throws Exception {
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(temp.resolve("raw").toString())
            .build()) {
      assertThat(provider.dataConfig()).isEqualTo(DataConfig.auto());
    }
  }

  @ParameterizedTest
  @CsvSource({"foo://bucket/x, foo", "flyte://x, flyte"})
  @Rule("FAP-CT-6")
  void refusesASchemeThatNobodyKnows(String prefix, String scheme) {
    assertThatThrownBy(() -> builder().rawOutputPrefix(prefix).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(scheme)
        .hasMessageContaining("s3 (also s3a, s3n)");
  }

  @Test
  @Rule({"FAP-CT-6", "FAP-P-1"})
  void opensTheRawOutputFileSystemOnce() throws Exception {
    try (FileAccessProvider provider = builder().rawOutputPrefix("s3a://bucket").build()) {
      assertThat(provider.rawOutputFileSystem().getUri()).hasToString("s3://bucket");
      assertThat(provider.getFileSystem()).isSameAs(provider.rawOutputFileSystem());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://no-such-bucket/raw",
        "gs://no-such-bucket/raw",
        "abfss://none@nowhere.dfs.core.windows.net/raw",
        "hdfs://nowhere.invalid:8020/raw"
      })
  @Rule("FAP-CT-6")
  void buildingAndNamingNeedNoStore(String prefix) throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      S3Config nobody = S3Config.builder().endpoint(s3.uri().toString()).build();
      try (FileAccessProvider provider =
          builder()
              .dataConfig(DataConfig.builder().s3(nobody).build())
              .rawOutputPrefix(prefix)
              .build()) {
        assertThat(provider.join(prefix, "a", "b")).isEqualTo(prefix + "/a/b");
        assertThat(provider.getRandomRemotePath()).startsWith(prefix + "/");
        assertThat(provider.getRandomRemoteDirectory()).startsWith(prefix + "/");
        assertThat(provider.generateNewCustomPath()).startsWith(prefix + "/");
        assertThat(provider.getRandomLocalPath().toString()).startsWith(temp.toString());
        assertThat(provider.hadoopConfiguration()).isNotNull();
      }
      assertThat(s3.requests()).isEmpty();
    }
  }

  @Test
  @Rule("FAP-CT-6")
  void aRawOutputFileSystemThatDoesNotStartIsAFailureOfItsUse() throws Exception {
    try (FileAccessProvider provider =
        builder().rawOutputPrefix("abfss://c@account.dfs.core.windows.net/raw").build()) {
      assertThatThrownBy(provider::rawOutputFileSystem)
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(TransferException.class);
      assertThat(provider.putData(Files.writeString(temp.resolve("f"), "x"), temp + "/g").files())
          .isEqualTo(1);
    }
  }

  @Test
  @Rule({"FAP-P-3", "FAP-FS-2"})
  void localAccessLeavesNoChecksumFiles() throws Exception {
    try (FileAccessProvider provider = builder().rawOutputPrefix(temp + "/raw").build()) {
      FileSystem local = provider.localAccess();
      Path file = temp.resolve("new/directory/file");
      try (FSDataOutputStream out = local.create(new org.apache.hadoop.fs.Path(file.toString()))) {
        out.write(1);
      }
      Files.write(file, new byte[] {2, 3});
      try (var in = local.open(new org.apache.hadoop.fs.Path(file.toString()))) {
        assertThat(in.readAllBytes()).containsExactly(2, 3);
      }
      try (Stream<Path> siblings = Files.list(file.getParent())) {
        assertThat(siblings).containsExactly(file);
      }
    }
  }

  @Test
  @Rule({"FAP-C3", "FAP-C4"})
  void theLocalDefaultCleansUpBehindItself() throws Exception {
    Path sandbox;
    try (FileAccessProvider provider = FileAccessProvider.localDefault()) {
      sandbox = provider.localSandboxDir();
      Path base = sandbox.getParent().getParent();
      assertThat(base.getFileName().toString()).startsWith("flyte-");
      assertThat(sandbox).isEqualTo(base.resolve("sandbox/local_flytekit")).isDirectory();
      assertThat(provider.rawOutputPrefix()).isEqualTo(base.resolve("raw") + "/");
      assertThat(provider.dataConfig()).isEqualTo(DataConfig.auto());
      String uri = provider.putRawData(RawData.text("kept while it lasts")).uri();
      assertThat(Path.of(uri)).hasContent("kept while it lasts");
    }
    assertThat(sandbox.getParent().getParent()).doesNotExist();
  }

  @Test
  void givesEachConfigurationAnew() throws Exception {
    Configuration base = new Configuration(false);
    base.set("own.key", "own value");
    try (FileAccessProvider provider =
        builder().hadoopConfiguration(base).rawOutputPrefix("s3://bucket").build()) {
      Configuration given = provider.hadoopConfiguration();
      assertThat(given.get("own.key")).isEqualTo("own value");
      assertThat(given.get("fs.s3.impl")).endsWith("S3AFileSystem");
      given.set("own.key", "changed");
      assertThat(provider.hadoopConfiguration().get("own.key")).isEqualTo("own value");
      assertThat(base.get("fs.s3.impl")).isNull();
    }
  }

  @Test
  @Rule("FAP-CT-1")
  void closingTwiceIsHarmlessAndNothingRunsAfterwards() throws Exception {
    FileAccessProvider provider = FileAccessProvider.localDefault();
    Path file = Files.writeString(temp.resolve("file"), "x");
    String prefix = provider.rawOutputPrefix();
    provider.close();
    assertThatCode(provider::close).doesNotThrowAnyException();
    String closed = "this provider is closed";
    assertThatThrownBy(() -> provider.putData(file, prefix + "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(closed);
    assertThatThrownBy(() -> provider.getData(file.toString(), temp.resolve("y")))
        .hasMessageContaining(closed);
    assertThatThrownBy(() -> provider.putRawData(RawData.text("x"))).hasMessageContaining(closed);
    assertThatThrownBy(() -> provider.exists(prefix)).hasMessageContaining(closed);
    assertThatThrownBy(() -> provider.list(prefix, Depth.TREE)).hasMessageContaining(closed);
    assertThatThrownBy(() -> provider.putDataAsync(file, prefix)).hasMessageContaining(closed);
    assertThatThrownBy(() -> provider.getFileSystem("file", FileSystemOptions.anonymous()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(closed);
  }
}
