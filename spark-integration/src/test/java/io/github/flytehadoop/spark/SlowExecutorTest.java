/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.Signals;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An executor that hangs, or is a hundred times slower than the others, in an application that does
 * not speculate. {@code -Dtest.size=full} prints what a slow one costs.
 */
@Tag("cluster")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@RequireStores("spark")
class SlowExecutorTest {
  private static final boolean FULL = "full".equals(System.getProperty("test.size"));
  private static final int WORKERS = FULL ? 4 : 3;
  private static final int PART_BYTES = 8 << 20;
  private static final int PARTS_IN_FLIGHT = 4;
  private static final long BYTES_PER_SECOND_AND_CONNECTION = 2L << 20;
  private static final int BYTES = FULL ? 512 << 20 : WORKERS * 3 * PART_BYTES;
  private static final long PATIENCE_SECONDS = 60;

  /** The same bytes in two shapes. */
  enum Tree {
    FILES(BYTES / PART_BYTES, RequestKind.PUT_OBJECT),
    ONE_CUT_FILE(1, RequestKind.UPLOAD_PART);

    final int files;
    final RequestKind sent;

    Tree(int files, RequestKind sent) {
      this.files = files;
      this.sent = sent;
    }
  }

  private static SparkStandalone cluster;
  private static SparkSession spark;
  private static RunningTasks tasks;

  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, byte[]> files = new HashMap<>();
  private Path temp;
  private String source;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = SparkStandalone.start(WORKERS);
    spark =
        cluster
            .session()
            .config("spark.scheduler.minRegisteredResourcesRatio", "1")
            .config("spark.speculation", "false")
            .getOrCreate();
    tasks = RunningTasks.of(spark);
  }

  @AfterAll
  static void stopCluster() {
    spark.stop();
    cluster.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    temp = TestDirectories.scratch("slow");
    s3.createBucket("bucket");
  }

  @AfterEach
  void stop() {
    s3.close();
    TestDirectories.delete(temp);
  }

  private void plant(Tree tree) throws IOException {
    Random random = new Random(WORKERS);
    source = MiniHdfs.shared().newDirectory() + "/tree";
    try (FileAccessProvider provider = provider()) {
      for (int i = 0; i < tree.files; i++) {
        byte[] content = new byte[BYTES / tree.files];
        random.nextBytes(content);
        files.put("file" + i, content);
        provider.upload(Files.write(temp.resolve("file"), content), source + "/file" + i);
      }
    }
  }

  private FileAccessProvider provider() throws IOException {
    Configuration hadoop = MiniHdfs.shared().configuration();
    hadoop.set("dfs.blocksize", "8m");
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(MiniHdfs.shared().newDirectory())
        .hadoopConfiguration(hadoop)
        .dataConfig(Providers.config(s3.uri(), "key", TestSecrets.S3_SECRET_KEY))
        .engine(new SparkEngine(spark))
        .build();
  }

  private TransferReport copy(String target) throws IOException {
    CopyOptions options =
        CopyOptions.defaults()
            .withEngine(Engine.SPARK)
            .withShape(BlobDimensionality.MULTIPART)
            .withLimits(
                TransferLimits.defaults()
                    .withPartsInFlight(PARTS_IN_FLIGHT)
                    .withFilesInFlight(PARTS_IN_FLIGHT)
                    .withPartSizeBytes(PART_BYTES));
    try (FileAccessProvider provider = provider()) {
      return provider.copy(source, target, FULL ? options : options.withTasks(WORKERS * 3));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"F48", "F52"})
  void filesOfAHangingExecutorAreMovedByOthers(Tree tree) throws Exception {
    plant(tree);
    List<ProcessHandle> asleep = new CopyOnWriteArrayList<>();
    AtomicBoolean first = new AtomicBoolean(true);
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == tree.sent && first.getAndSet(false)) {
            asleep.add(ExecutorProcesses.all().get(0));
            Signals.stop(asleep.get(0));
          }
        });
    try {
      TransferReport report = copy("s3://bucket/copy");

      assertThat(asleep).hasSize(1);
      assertCopied(tree, "copy/", report);
      Signals.resume(asleep.get(0));
      awaitEndOfTasks();
      assertCopied(tree, "copy/", report);
    } finally {
      asleep.forEach(Signals::resume);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F52")
  @EnabledIfSystemProperty(
      named = "test.size",
      matches = "full",
      disabledReason = "it measures wall times, which takes minutes: -Dtest.size=full runs it")
  void oneThatIsAHundredTimesSlowerIsOvertaken(Tree tree) throws Exception {
    plant(tree);
    copy("s3://bucket/warm-up");
    empty();
    s3.connectionBandwidth(BYTES_PER_SECOND_AND_CONNECTION);
    double all = seconds(copy("s3://bucket/all"));
    empty();
    TransferReport report;
    try (var slowed = new Signals.Slowed(ExecutorProcesses.all().get(0))) {
      assertThat(slowed).isNotNull();
      report = copy("s3://bucket/slow");
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d MiB, %d executors: %.1f s; with one at 1 %% of its speed %.1f s, ratio %.2f%n",
        tree,
        BYTES >> 20,
        WORKERS,
        all,
        seconds(report),
        seconds(report) / all);
    assertThat(spark.sparkContext().statusTracker().getJobIdsForGroup(report.jobId()))
        .as("its bins began anew")
        .hasSizeGreaterThan(1);
    awaitEndOfTasks();
    assertCopied(tree, "slow/", report);
  }

  /** The bucket is in the memory of this JVM. */
  private void empty() {
    s3.keys("bucket").forEach(key -> s3.deleteDirectly("bucket", key));
  }

  private static double seconds(TransferReport report) {
    return report.elapsed().toMillis() / 1000.0;
  }

  private static void awaitEndOfTasks() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!tasks.areNone()) {
      assertThat(System.nanoTime()).as("every task has ended").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void assertCopied(Tree tree, String prefix, TransferReport report) {
    Invariants.ofSending(files).in(s3, "bucket", prefix).afterSuccess(report);
    assertThat(report.files()).isEqualTo(tree.files);
    assertThat(report.bytes()).isEqualTo(BYTES);
  }
}
