/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on Spark's tasks in this JVM: bins, closures and receipts are serialised for real. */
class SparkEngineTest {
  @TempDir Path temp;

  @Test
  void aTreeGoesFromHdfsToS3AndBack() throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    try (S3Endpoint s3 = S3Endpoint.start();
        SparkSession spark = SparkSessions.local().getOrCreate();
        FileAccessProvider provider = provider(hdfs, s3, spark)) {
      s3.createBucket("bucket");
      Path tree = tree(40);
      String source = provider.rawOutputPrefix() + "source";
      provider.uploadDirectory(tree, source);
      CopyOptions options = CopyOptions.defaults().withEngine(Engine.SPARK);

      TransferReport there = provider.copy(source, "s3://bucket/copy", options);
      int puts = s3.count(RequestKind.PUT_OBJECT);
      String target = provider.rawOutputPrefix() + "back";
      TransferReport back = provider.copy("s3://bucket/copy", target, options);
      provider.downloadDirectory(target, temp.resolve("out"));

      assertThat(there.engine()).isEqualTo(Engine.SPARK);
      assertThat(there.files()).isEqualTo(41);
      assertThat(puts).isEqualTo(41);
      assertThat(back.files()).isEqualTo(41);
      try (var files = Files.walk(tree)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(temp.resolve("out").resolve(tree.relativize(file).toString()))
              .hasSameBinaryContentAs(file);
        }
      }
      assertThatThrownBy(() -> provider.copy(tree.toString(), "s3://bucket/x", options))
          .hasMessageContaining("--engine local");
    }
  }

  private FileAccessProvider provider(MiniHdfs hdfs, S3Endpoint s3, SparkSession spark)
      throws Exception {
    S3Config credentials =
        S3Config.builder()
            .endpoint(s3.uri().toString())
            .accessKeyId("key")
            .secretAccessKey("secret")
            .build();
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(hdfs.newDirectory())
        .hadoopConfiguration(hdfs.configuration())
        .dataConfig(DataConfig.builder().s3(credentials).build())
        .engine(new SparkEngine(spark))
        .build();
  }

  private Path tree(int files) throws Exception {
    Path deep = Files.createDirectories(temp.resolve("tree/deep er/er"));
    for (int i = 0; i < files; i++) {
      Files.writeString(temp.resolve("tree/file-" + i), "content " + i);
    }
    Files.write(deep.resolve("large %41+.bin"), new byte[7 << 20]);
    return temp.resolve("tree");
  }
}
