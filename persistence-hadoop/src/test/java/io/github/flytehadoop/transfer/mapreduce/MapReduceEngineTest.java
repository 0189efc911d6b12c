/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine on MapReduce's own runner in this JVM: plan, splits, mappers and receipts are real.
 */
@Tag("cluster")
class MapReduceEngineTest {
  @TempDir Path temp;

  private final MiniHdfs hdfs = MiniHdfs.shared();
  private S3Endpoint s3;
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3 = S3Endpoint.start();
    s3.createBucket("bucket");
    Configuration cluster = new Configuration(hdfs.configuration());
    cluster.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(hdfs.newDirectory())
            .hadoopConfiguration(cluster)
            .dataConfig(Providers.config(s3.uri(), "key", "secret"))
            .engine(new MapReduceEngine(cluster))
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  @Test
  void aTreeGoesFromHdfsToS3AndBack() throws Exception {
    Path tree = tree(60);
    String source = provider.rawOutputPrefix() + "source";
    provider.uploadDirectory(tree, source);
    CopyOptions options = CopyOptions.defaults().withEngine(Engine.MAPREDUCE);

    TransferReport there = provider.copy(source, "s3://bucket/copy", options);
    int puts = s3.count(RequestKind.PUT_OBJECT);
    TransferReport back =
        provider.copy("s3://bucket/copy", provider.rawOutputPrefix() + "back", options);
    provider.downloadDirectory(back.uri(), temp.resolve("out"));

    assertThat(there.engine()).isEqualTo(Engine.MAPREDUCE);
    assertThat(there.files()).isEqualTo(61);
    assertThat(puts).isEqualTo(61);
    assertThat(back.files()).isEqualTo(61);
    assertThat(s3.pendingUploads("bucket")).isEmpty();
    try (var files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(temp.resolve("out").resolve(tree.relativize(file).toString()))
            .hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void aConflictIsFoundBeforeTheJobStarts() throws Exception {
    String source = provider.rawOutputPrefix() + "source";
    provider.uploadDirectory(tree(3), source);
    s3.putDirectly("bucket", "copy/file-1", new byte[] {1});

    assertThatThrownBy(
            () ->
                provider.copy(
                    source,
                    "s3://bucket/copy",
                    CopyOptions.defaults().withEngine(Engine.MAPREDUCE)))
        .isInstanceOfSatisfying(
            CopyException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT));
    assertThat(s3.keys("bucket")).containsExactly("copy/file-1");
  }

  @Test
  void localPathsAreRefused() throws Exception {
    assertThatThrownBy(
            () ->
                provider.copy(
                    tree(1).toString(),
                    "s3://bucket/copy",
                    CopyOptions.defaults()
                        .withEngine(Engine.MAPREDUCE)
                        .withShape(BlobDimensionality.MULTIPART)))
        .hasMessageContaining("--engine local");
  }

  private Path tree(int files) throws Exception {
    Path root = Files.createDirectories(temp.resolve("tree/deep er/er"));
    for (int i = 0; i < files; i++) {
      Files.writeString(temp.resolve("tree/file-" + i), "content " + i);
    }
    Files.write(root.resolve("large %41+.bin"), new byte[7 << 20]);
    return temp.resolve("tree");
  }
}
