/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several mounts of one table: a file is renamed within one, and copied from one to another. */
@RequireStores("hdfs")
class ViewFsMountsTest {
  private Path directory;
  private FileAccessProvider provider;

  @BeforeEach
  void mount() throws IOException {
    MiniHdfs hdfs = MiniHdfs.shared();
    directory = TestDirectories.create("mounts");
    Configuration conf = hdfs.configuration();
    String table = "fs.viewfs.mounttable.many.link.";
    conf.set(table + "/one", hdfs.newDirectory());
    conf.set(table + "/deep/two", hdfs.newDirectory());
    conf.set(
        table + "/local", Files.createDirectory(directory.resolve("local")).toUri().toString());
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(directory.resolve("sandbox"))
            .rawOutputPrefix(directory.resolve("raw").toString())
            .dataConfig(DataConfig.defaults())
            .hadoopConfiguration(conf)
            .build();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Path source(String content) throws IOException {
    return Files.writeString(directory.resolve("source"), content);
  }

  private String read(String uri) throws IOException {
    try (var in = provider.openRead(uri)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFileIsReplacedInEachAndCopiedAcross() throws IOException {
    for (String mount : new String[] {"/one", "/deep/two", "/local"}) {
      String uri = "viewfs://many" + mount + "/d/file";
      provider.putData(source("old"), uri);
      provider.putData(source("new in " + mount), uri);
      assertThat(read(uri)).isEqualTo("new in " + mount);
    }
    provider.copy(
        "viewfs://many/one/d/file",
        "viewfs://many/deep/two/copy",
        CopyOptions.defaults().withShape(BlobDimensionality.SINGLE));
    assertThat(read("viewfs://many/deep/two/copy")).isEqualTo("new in /one");
    try (var all = provider.list("viewfs://many/", Depth.TREE)) {
      assertThat(all.map(ObjectStatus::uri))
          .containsExactlyInAnyOrder(
              "viewfs://many/one/d/file",
              "viewfs://many/deep/two/d/file",
              "viewfs://many/deep/two/copy",
              "viewfs://many/local/d/file");
    }
  }

  @Test
  void whereNothingIsMountedNothingIsWritten() throws IOException {
    Path source = source("x");
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.putData(source, "viewfs://many/deep/file"));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.UNSUPPORTED);
    assertThat(failure).hasMessageContaining("mounttable");
  }
}
