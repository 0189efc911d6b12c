/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One file that four executors write together. {@code -Dtest.size=full} takes 2 GiB instead of 64
 * MiB, slows every connection of S3 down, or each worker where HDFS is the target, and prints how
 * much faster two and four workers are than one; the start of the cluster and of its executors is
 * not in the times.
 */
@Tag("cluster")
@Timeout(value = 40, unit = java.util.concurrent.TimeUnit.MINUTES)
@RequireStores("spark")
class HugeFileTest {
  private static final boolean FULL = "full".equals(System.getProperty("test.size"));
  private static final int WORKERS = 4;
  private static final int MEGABYTE = 1 << 20;
  private static final int MEGABYTES = FULL ? 2048 : 64;
  private static final int PART_MEGABYTES = 8;
  private static final int TINY = FULL ? 10_000 : 200;

  /** Four connections of a worker: little enough for two cores to serve four workers. */
  private static final int PARTS_IN_FLIGHT = 4;

  private static final long BYTES_PER_SECOND_AND_CONNECTION = 4L << 20;

  private static SparkStandalone cluster;
  private static SparkSession spark;
  private static int workersThere;

  private final MiniHdfs hdfs = MiniHdfs.shared();
  private final S3Endpoint s3 = S3Endpoint.start();
  private Path temp;
  private String source;
  private byte[] digest;

  @BeforeEach
  void plant() throws Exception {
    temp = TestDirectories.scratch("huge");
    s3.createBucket("bucket");
    source = hdfs.newDirectory() + "/huge";
    byte[] megabyte = new byte[MEGABYTE];
    Random random = new Random(MEGABYTES);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    try (FileSystem fileSystem = FileSystem.newInstance(hdfs.uri(), hadoop());
        var out =
            new DigestOutputStream(fileSystem.create(new org.apache.hadoop.fs.Path(source)), md5)) {
      for (int i = 0; i < MEGABYTES; i++) {
        random.nextBytes(megabyte);
        out.write(megabyte);
      }
    }
    digest = md5.digest();
  }

  @AfterEach
  void stop() {
    s3.close();
    TestDirectories.delete(temp);
  }

  /** That of the copy before, if it had as many workers. */
  private static SparkSession spark(int workers) throws IOException {
    if (workersThere != workers) {
      stopCluster();
      cluster = SparkStandalone.start(workers);
      spark =
          cluster
              .session()
              .config("spark.scheduler.minRegisteredResourcesRatio", "1")
              .getOrCreate();
      workersThere = workers;
    }
    return spark;
  }

  @AfterAll
  static void stopCluster() {
    if (workersThere > 0) {
      spark.stop();
      cluster.close();
      workersThere = 0;
    }
  }

  private Configuration hadoop() {
    Configuration conf = hdfs.configuration();
    conf.set("dfs.blocksize", "8m");
    return conf;
  }

  @Test
  void fromHdfsToS3() throws Exception {
    double one = FULL ? wall(1, "s3://bucket/one") : 0;
    double two = FULL ? wall(2, "s3://bucket/two") : 0;
    double four = wall(WORKERS, "s3://bucket/four");
    efficiency("HDFS to S3", one, two, four);
  }

  @Test
  void fromHdfsToHdfs() throws Exception {
    String target = hdfs.newDirectory();
    double one = FULL ? wall(1, target + "/one") : 0;
    double two = FULL ? wall(2, target + "/two") : 0;
    double four = wall(WORKERS, target + "/four");
    efficiency("HDFS to HDFS", one, two, four);
  }

  /** The huge one is cut, the tiny ones are packed, and everybody has some of both. */
  @Test
  @Rule("F53")
  void amongManyTinyFiles() throws Exception {
    String tree = source.substring(0, source.lastIndexOf('/'));
    try (FileSystem fileSystem = FileSystem.newInstance(hdfs.uri(), hadoop())) {
      for (int i = 0; i < TINY; i++) {
        try (var out =
            fileSystem.create(new org.apache.hadoop.fs.Path(tree + "/tiny/" + (TINY + i)))) {
          out.write(i);
        }
      }
    }
    Path manifest = temp.resolve("manifest");
    try (FileAccessProvider provider = provider(new SparkEngine(spark(WORKERS)))) {
      TransferReport report =
          provider.copy(
              tree,
              "s3://bucket/tree",
              options()
                  .withShape(BlobDimensionality.MULTIPART)
                  .withTasks(WORKERS)
                  .withManifest(manifest));

      assertThat(report.files()).isEqualTo(TINY + 1);
      assertThat(digestOf(provider, "s3://bucket/tree/huge")).isEqualTo(digest);
    }
    List<String> moved = Files.readAllLines(manifest);
    assertThat(workers(moved, "/huge\"")).as("of the huge file").hasSize(WORKERS);
    assertThat(workers(moved, "/tiny/")).as("of the tiny files").hasSize(WORKERS);
    assertThat(s3.keys("bucket")).hasSize(TINY + 1);
    assertThat(s3.pendingUploads("bucket")).isEmpty();
    assertThat(s3.count(RequestKind.PUT_OBJECT)).isEqualTo(TINY);
    assertThat(s3.count(RequestKind.UPLOAD_PART)).isEqualTo(MEGABYTES / PART_MEGABYTES);
    assertThat(s3.count(RequestKind.CREATE_MULTIPART)).isOne();
    assertThat(s3.count(RequestKind.COMPLETE_MULTIPART)).isOne();
  }

  private static Set<String> workers(List<String> manifest, String paths) {
    Set<String> workers = new TreeSet<>();
    for (String line : manifest) {
      if (line.contains(paths)) {
        String names = line.substring(line.indexOf("\"worker\":") + 10);
        workers.addAll(List.of(names.replaceAll("[\"}]", "").split(", ")));
      }
    }
    return workers;
  }

  private static void efficiency(String what, double one, double two, double four) {
    if (FULL) {
      System.out.printf(
          Locale.ROOT,
          "%s, parallel efficiency: 2 workers %.2f, 4 workers %.2f%n",
          what,
          one / (2 * two),
          one / (4 * four));
    }
  }

  /** Seconds of one copy by so many workers, all of which took part. */
  private double wall(int workers, String target) throws Exception {
    CountingEngine engine = new CountingEngine(spark(workers), workers);
    try (FileAccessProvider provider = provider(engine)) {
      if (FULL) {
        s3.connectionBandwidth(Long.MAX_VALUE);
        warmUp(provider, target + "-first", workers);
        s3.connectionBandwidth(BYTES_PER_SECOND_AND_CONNECTION);
      }
      s3.resetRequests();
      engine.parts().clear();
      // so little does not keep four workers busy: without being told, one would do it
      CopyOptions options = FULL ? slowed(target) : options().withTasks(workers);
      TransferReport report = provider.copy(source, target, options);
      double seconds = report.elapsed().toMillis() / 1000.0;
      System.out.printf(
          Locale.ROOT,
          "%d MiB to %s, %d workers: %.1f s, parts of each worker %s, requests %s%n",
          MEGABYTES,
          target.substring(0, target.indexOf(':')),
          workers,
          seconds,
          engine.parts(),
          s3.counts());
      assertThat(engine.parts()).hasSize(workers);
      assertThat(engine.parts().values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(MEGABYTES / PART_MEGABYTES);
      checkRequests(target);
      s3.connectionBandwidth(Long.MAX_VALUE);
      assertThat(digestOf(provider, target)).isEqualTo(digest);
      provider.delete(target, Depth.CHILDREN);
      return seconds;
    }
  }

  /** Executors load classes and open connections before what is measured. */
  private void warmUp(FileAccessProvider provider, String target, int workers) throws IOException {
    Path small = Files.write(temp.resolve("small"), new byte[WORKERS * PART_MEGABYTES * MEGABYTE]);
    String from = hdfs.newDirectory() + "/small";
    provider.upload(small, from);
    provider.copy(from, target, options().withTasks(workers));
    provider.delete(target, Depth.CHILDREN);
  }

  /** One PUT for each part, one request that starts the upload and one that completes it. */
  private void checkRequests(String target) {
    if (target.startsWith("s3:")) {
      assertThat(s3.count(RequestKind.UPLOAD_PART)).isEqualTo(MEGABYTES / PART_MEGABYTES);
      assertThat(s3.count(RequestKind.PUT_OBJECT)).isZero();
      assertThat(s3.count(RequestKind.CREATE_MULTIPART)).isOne();
      assertThat(s3.count(RequestKind.COMPLETE_MULTIPART)).isOne();
      assertThat(s3.pendingUploads("bucket")).isEmpty();
    }
  }

  private static byte[] digestOf(FileAccessProvider provider, String uri) throws Exception {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    try (InputStream in = new DigestInputStream(provider.openRead(uri), md5)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return md5.digest();
  }

  private static CopyOptions options() {
    return CopyOptions.defaults()
        .withEngine(Engine.SPARK)
        .withShape(BlobDimensionality.SINGLE)
        .withLimits(limits());
  }

  private static TransferLimits limits() {
    return TransferLimits.defaults()
        .withPartsInFlight(PARTS_IN_FLIGHT)
        .withPartSizeBytes((long) PART_MEGABYTES << 20);
  }

  /** DataNodes are connected to without a server of ours, so each worker slows itself down. */
  private static CopyOptions slowed(String target) {
    return target.startsWith("s3:")
        ? options()
        : options()
            .withLimits(
                limits()
                    .withBandwidthBytesPerSecond(
                        PARTS_IN_FLIGHT * BYTES_PER_SECOND_AND_CONNECTION));
  }

  private FileAccessProvider provider(TransferEngine engine) throws IOException {
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(hdfs.newDirectory())
        .hadoopConfiguration(hadoop())
        .dataConfig(Providers.config(s3.uri(), "key", "secret"))
        .engine(engine)
        .build();
  }
}
