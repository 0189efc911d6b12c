/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.Preserve;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on Spark's tasks in this JVM: bins, closures and receipts are serialised for real. */
@Tag("slow")
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
      Path manifest = temp.resolve("manifest");
      CopyOptions options = CopyOptions.defaults().withEngine(Engine.SPARK).withManifest(manifest);

      JavaSparkContext caller = JavaSparkContext.fromSparkContext(spark.sparkContext());
      caller.setJobGroup("mine", "of the caller");
      TransferReport there = provider.copy(source, "s3://bucket/copy", options);
      int puts = s3.count(RequestKind.PUT_OBJECT);
      assertThat(Files.readAllLines(manifest))
          .hasSize(41)
          .doesNotHaveDuplicates()
          .allMatch(line -> line.startsWith("{\"path\":\"s3://bucket/copy/"))
          .allMatch(line -> line.contains("\"checksum\":\"CRC32C:"))
          .allMatch(line -> line.endsWith("\"worker\":\"executor driver\"}"));
      String target = provider.rawOutputPrefix() + "back";
      TransferReport back = provider.copy("s3://bucket/copy", target, options);
      provider.downloadDirectory(target, temp.resolve("out"));

      assertThat(caller.getLocalProperty("spark.jobGroup.id")).isEqualTo("mine");
      assertThat(caller.getLocalProperty("spark.job.description")).isEqualTo("of the caller");
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

  @Test
  void aLargeFileIsWrittenByManyTasks() throws Exception {
    byte[] content = new byte[(16 << 20) + 5];
    new Random(1).nextBytes(content);
    Path file = Files.write(temp.resolve("large"), content);
    try (S3Endpoint s3 = S3Endpoint.start();
        SparkSession spark = SparkSessions.local().getOrCreate();
        FileAccessProvider provider = provider(MiniHdfs.shared(), s3, spark)) {
      s3.createBucket("bucket");
      String source = provider.rawOutputPrefix() + "large";
      provider.upload(file, source);
      CopyOptions options =
          CopyOptions.defaults()
              .withEngine(Engine.SPARK)
              .withShape(BlobDimensionality.SINGLE)
              .withTasks(4)
              .withLimits(TransferLimits.defaults().withPartSizeBytes(5 << 20));
      TransferReport there = provider.copy(source, "s3://bucket/large", options);
      assertThat(s3.count(RequestKind.UPLOAD_PART)).isEqualTo(4);
      assertThat(s3.count(RequestKind.PUT_OBJECT)).isZero();
      assertThat(there.notes()).anyMatch(note -> note.startsWith("1 files were written in parts"));
      assertThat(s3.bytes("bucket", "large")).isEqualTo(content);

      String back = provider.rawOutputPrefix() + "back";
      TransferReport again = provider.copy("s3://bucket/large", back, options);
      provider.download(back, temp.resolve("back"));
      assertThat(again.verification()).isEqualTo(Verification.CHECKSUM);
      assertThat(temp.resolve("back")).hasSameBinaryContentAs(file);
      assertThat(MiniHdfs.shared().names(provider.rawOutputPrefix()))
          .containsExactlyInAnyOrder("large", "back");
    }
  }

  @Test
  @Rule("B95")
  void modesGoWithTheirFiles() throws Exception {
    MiniHdfs hdfs = MiniHdfs.shared();
    try (S3Endpoint s3 = S3Endpoint.start();
        SparkSession spark = SparkSessions.local().getOrCreate();
        FileSystem fileSystem = hdfs.newFileSystem();
        FileAccessProvider provider = provider(hdfs, s3, spark)) {
      String source = provider.rawOutputPrefix() + "source";
      provider.uploadDirectory(tree(8), source);
      org.apache.hadoop.fs.Path key = new org.apache.hadoop.fs.Path(source, "file-3");
      fileSystem.setPermission(key, new FsPermission((short) 0600));
      fileSystem.setPermission(
          new org.apache.hadoop.fs.Path(source, "deep er"), new FsPermission((short) 0750));
      String target = provider.rawOutputPrefix() + "target";
      provider.copy(
          source,
          target,
          CopyOptions.defaults().withEngine(Engine.SPARK).withPreserve(Preserve.MODE));
      assertThat(mode(fileSystem, target + "/file-3")).isEqualTo("rw-------");
      assertThat(mode(fileSystem, target + "/file-4")).isEqualTo("rw-r--r--");
      assertThat(mode(fileSystem, target + "/deep er")).isEqualTo("rwxr-x---");
    }
  }

  private static String mode(FileSystem fileSystem, String path) throws Exception {
    return fileSystem.getFileStatus(new org.apache.hadoop.fs.Path(path)).getPermission().toString();
  }

  @Test
  void theApplicationCopiesAsTheCommandLineDoes() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("bucket");
      for (int i = 0; i < 20; i++) {
        s3.putDirectly("bucket", "from/" + i, ("content " + i).getBytes(StandardCharsets.UTF_8));
      }
      FlyteFile file = FlyteFile.of(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      try (SparkSession spark =
          SparkSessions.withPlugin(SparkSessions.local(), file).getOrCreate()) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        String[] copy = {"-r", "s3://bucket/from", "s3://bucket/to", "--output", "json"};
        assertThat(SparkCopy.copy(spark, out, errors, copy)).as(err.toString()).isZero();
        assertThat(SparkCopy.copy(spark, out, errors, copy)).as("files are there").isEqualTo(1);
        assertThat(SparkCopy.copy(spark, out, errors, "s3://bucket/from")).isEqualTo(2);
      }
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"SPARK\"");
      assertThat(s3.keys("bucket")).hasSize(40);
      assertThat(s3.bytes("bucket", "to/7")).asString().isEqualTo("content 7");
    }
  }

  private FileAccessProvider provider(MiniHdfs hdfs, S3Endpoint s3, SparkSession spark)
      throws Exception {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(hdfs.newDirectory())
        .hadoopConfiguration(hdfs.configuration())
        .dataConfig(Providers.config(s3.uri(), "key", "secret"))
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
