/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.DistCpSettings;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.mapreduce.MapReduceEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of the same files to the same S3 server, by DistCp and by our mappers. {@code
 * -Dtest.size=full} takes 2,000 files.
 */
@RequireStores("mapreduce")
@Tag("cluster")
class DistCpRequestsTest {
  private static final int FILES = "full".equals(System.getProperty("test.size")) ? 2_000 : 100;
  private static final double OURS_AT_MOST = 1.1;
  private static final double THEIRS_AT_LEAST = 4;

  @TempDir Path temp;
  private final MiniHdfs hdfs = MiniHdfs.shared();
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("bucket");
    Configuration cluster = hdfs.configuration();
    cluster.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
    provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(hdfs.newDirectory())
            .hadoopConfiguration(cluster)
            .dataConfig(Providers.config(s3.uri(), "tester", TestSecrets.S3_SECRET_KEY))
            .engine(new MapReduceEngine(cluster))
            .build();
    try (FileSystem fileSystem = hdfs.newFileSystem()) {
      org.apache.hadoop.fs.Path staging = new org.apache.hadoop.fs.Path("/staging");
      fileSystem.mkdirs(staging);
      fileSystem.setPermission(staging, new FsPermission("1777"));
    }
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private double distCp(String from, String to, String... options) throws Exception {
    String[] words = java.util.Arrays.copyOf(options, options.length + 2);
    words[options.length] = from;
    words[options.length + 1] = to;
    s3.resetRequests();
    JavaProgram run = JavaProgram.distCp(Map.of(), DistCpSettings.inOneProcess(hdfs, s3), words);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return perFile("DistCp " + String.join(" ", options));
  }

  private double ours(String from, String to) throws Exception {
    s3.resetRequests();
    CopyOptions options = CopyOptions.defaults().withEngine(Engine.MAPREDUCE);
    assertThat(provider.copy(from, to, options).files()).isEqualTo(FILES);
    return perFile("ours");
  }

  private double perFile(String who) {
    double perFile = (double) s3.requests().size() / FILES;
    System.out.printf(Locale.ROOT, "%s: %.2f requests a file, %s%n", who, perFile, s3.counts());
    return perFile;
  }

  @Test
  void fromHdfsToS3() throws Exception {
    String source = hdfs.newDirectory();
    try (FileSystem fileSystem = hdfs.newFileSystem()) {
      for (int i = 0; i < FILES; i++) {
        var file = new org.apache.hadoop.fs.Path(source + "/d" + i % 4 + "/file-" + i);
        try (var out = fileSystem.create(file)) {
          out.write(("content " + i).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(distCp(source, "s3a://bucket/theirs")).isGreaterThan(THEIRS_AT_LEAST);
    assertThat(distCp(source, "s3a://bucket/direct", "-direct")).isGreaterThan(THEIRS_AT_LEAST);
    assertThat(ours(source, "s3://bucket/ours")).isLessThanOrEqualTo(OURS_AT_MOST);
    assertThat(s3.keys("bucket").stream().filter(key -> key.startsWith("ours/"))).hasSize(FILES);
  }

  @Test
  void fromS3ToS3() throws Exception {
    for (int i = 0; i < FILES; i++) {
      s3.putDirectly(
          "bucket",
          "from/d" + i % 4 + "/file-" + i,
          ("content " + i).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(distCp("s3a://bucket/from", "s3a://bucket/direct", "-direct"))
        .isGreaterThan(THEIRS_AT_LEAST);
    assertThat(ours("s3://bucket/from", "s3://bucket/ours")).isLessThanOrEqualTo(OURS_AT_MOST);
    assertThat(s3.keys("bucket").stream().filter(key -> key.startsWith("ours/"))).hasSize(FILES);
  }
}
