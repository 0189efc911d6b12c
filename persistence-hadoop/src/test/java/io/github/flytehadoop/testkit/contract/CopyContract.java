/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.testkit.AzureServer;
import io.github.flytehadoop.testkit.GcsServer;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.contract.CopyTree.Size;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A directory of every shape goes from store to store, whatever engine moves it: the same bytes,
 * and a report that says what is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CopyContract {
  private final Map<Size, CopyTree> trees = new EnumMap<>(Size.class);
  private final Map<String, String> sources = new HashMap<>();
  private Path temp;
  private S3Server s3;

  /** Moves the files. */
  protected abstract TransferEngine engine() throws IOException;

  /** A new directory of an HDFS that the engine's workers reach. */
  protected abstract String newHdfsDirectory() throws IOException;

  /** How that HDFS is reached. */
  protected abstract Configuration hadoop() throws IOException;

  @BeforeAll
  final void makeTrees() throws IOException {
    temp = TestDirectories.scratch("copy");
    s3 = CopyTree.FULL ? S3Server.startOnDisk(TestDirectories.scratch("s3")) : S3Server.shared();
    for (Size size : Size.values()) {
      trees.put(size, CopyTree.write(temp.resolve(size.name()), size));
    }
  }

  @AfterAll
  final void removeTrees() {
    TestDirectories.delete(temp);
  }

  @Test
  void hdfsToS3() throws IOException {
    copies(hdfsSource(Size.LARGE), "s3://" + s3.newBucket() + "/copy", s3(), Size.LARGE);
  }

  @Test
  void s3ToHdfs() throws IOException {
    copies(s3Source(), newHdfsDirectory() + "/copy", s3(), Size.LARGE);
  }

  @Test
  void hdfsToHdfs() throws IOException {
    copies(hdfsSource(Size.LARGE), newHdfsDirectory() + "/copy", s3(), Size.LARGE);
  }

  @Test
  void s3ToS3() throws IOException {
    copies(s3Source(), "s3://" + s3.newBucket() + "/copy", s3(), Size.LARGE);
  }

  @Test
  @RequireStores("azure")
  void hdfsToAzure() throws IOException {
    AzureServer azure = AzureServer.shared();
    String target = "abfs://" + azure.newContainer() + "/copy";
    copies(hdfsSource(Size.SMALL), target, azure.dataConfig(), Size.SMALL);
  }

  @Test
  @RequireStores("gcs")
  void gcsToHdfs() throws IOException {
    GcsServer gcs =
        CopyTree.FULL ? GcsServer.startOnDisk(TestDirectories.scratch("gcs")) : GcsServer.shared();
    String source = "gs://" + gcs.newBucket() + "/source";
    plant(source, gcs.dataConfig(), Size.SMALL);
    copies(source, newHdfsDirectory() + "/copy", gcs.dataConfig(), Size.SMALL);
  }

  @Test
  void aDirectoryWithNothingInIt() throws IOException {
    String source = newHdfsDirectory();
    try (FileAccessProvider provider = provider(s3())) {
      TransferReport report = provider.copy(source, newHdfsDirectory() + "/copy", options());
      assertThat(report.files()).isZero();
      assertThat(report.bytes()).isZero();
      assertThat(provider.exists(report.uri())).isTrue();
    }
  }

  private void copies(String source, String target, DataConfig config, Size size)
      throws IOException {
    CopyTree tree = trees.get(size);
    Map<String, Long> expected = tree.lengths();
    try (FileAccessProvider provider = provider(config)) {
      TransferReport report = provider.copy(source, target, options());

      assertThat(report.engine()).isEqualTo(engine().kind());
      assertThat(report.uri()).isEqualTo(target);
      assertThat(report.files()).isEqualTo(expected.size());
      assertThat(report.bytes())
          .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
      assertThat(report.failures()).isEmpty();
      assertThat(lengths(provider, target)).isEqualTo(expected);
      Path back = TestDirectories.scratch("back").resolve("tree");
      provider.downloadDirectory(target, back);
      assertThat(tree.differences(new CopyTree(back))).isEmpty();
      TestDirectories.delete(back);
    }
  }

  private static Map<String, Long> lengths(FileAccessProvider provider, String root)
      throws IOException {
    try (Stream<ObjectStatus> all = provider.list(root, Depth.TREE)) {
      return all.collect(
          Collectors.toMap(file -> file.uri().substring(root.length() + 1), ObjectStatus::length));
    }
  }

  private CopyOptions options() throws IOException {
    return CopyOptions.defaults().withEngine(engine().kind());
  }

  private String hdfsSource(Size size) throws IOException {
    String name = "hdfs " + size;
    if (!sources.containsKey(name)) {
      sources.put(name, plant(newHdfsDirectory() + "/source", s3(), size));
    }
    return sources.get(name);
  }

  private String s3Source() throws IOException {
    if (!sources.containsKey("s3")) {
      sources.put("s3", plant("s3://" + s3.newBucket() + "/source", s3(), Size.LARGE));
    }
    return sources.get("s3");
  }

  private String plant(String uri, DataConfig config, Size size) throws IOException {
    try (FileAccessProvider provider = provider(config)) {
      return provider.uploadDirectory(trees.get(size).root(), uri).uri();
    }
  }

  private DataConfig s3() {
    return Providers.config(s3.uri(), s3.accessKey(), s3.secretKey());
  }

  private FileAccessProvider provider(DataConfig config) throws IOException {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(newHdfsDirectory())
        .hadoopConfiguration(hadoop())
        .dataConfig(config)
        .engine(engine())
        .build();
  }
}
