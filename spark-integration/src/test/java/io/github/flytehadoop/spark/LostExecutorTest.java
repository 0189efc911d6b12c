/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Executors, which are processes of a cluster, that are killed, stand still, or are told to end in
 * mid-file.
 */
@Tag("cluster")
@Timeout(300)
@RequireStores("spark")
class LostExecutorTest {
  private static final int WORKERS = 2;
  private static final int PART_BYTES = 5 << 20;
  private static final long PATIENCE_SECONDS = 40;

  /** What is copied; of each, both executors have a share at the same time. */
  enum Tree {
    FILES(4, RequestKind.PUT_OBJECT, WORKERS, 4, 4 << 20, 4 << 20, 4 << 20, 4 << 20),
    ONE_CUT_FILE(4, RequestKind.UPLOAD_PART, WORKERS, 4, 4 * PART_BYTES),
    /** The smaller one is sent in parts by one of them, with an upload of its own. */
    ONE_CUT_AND_ONE_WHOLE(2, RequestKind.UPLOAD_PART, 15, 15, 12 * PART_BYTES, 2 * PART_BYTES + 1);

    final int tasks;
    final RequestKind sent;
    final int inMidFile;
    final int requests;
    final List<Integer> lengths;

    Tree(int tasks, RequestKind sent, int inMidFile, int requests, Integer... lengths) {
      this.tasks = tasks;
      this.sent = sent;
      this.inMidFile = inMidFile;
      this.requests = requests;
      this.lengths = List.of(lengths);
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
            .config("spark.speculation", "true")
            .config("spark.speculation.interval", "100ms")
            .config("spark.speculation.quantile", "0.5")
            .config("spark.speculation.multiplier", "1.1")
            .config("spark.speculation.efficiency.enabled", "false")
            .getOrCreate();
    tasks = RunningTasks.of(spark);
  }

  @AfterAll
  static void stopCluster() {
    spark.stop();
    cluster.close();
  }

  private void plant(Tree tree) throws IOException {
    temp = TestDirectories.scratch("lost");
    s3.createBucket("bucket");
    Random random = new Random(PART_BYTES);
    source = MiniHdfs.shared().newDirectory() + "/tree";
    try (FileAccessProvider provider = provider()) {
      for (int i = 0; i < tree.lengths.size(); i++) {
        byte[] content = new byte[tree.lengths.get(i)];
        random.nextBytes(content);
        files.put("file" + i, content);
        provider.upload(Files.write(temp.resolve("file"), content), source + "/file" + i);
      }
    }
  }

  @AfterEach
  void stop() {
    s3.close();
    TestDirectories.delete(temp);
  }

  private FileAccessProvider provider() throws IOException {
    Configuration hadoop = MiniHdfs.shared().configuration();
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix(MiniHdfs.shared().newDirectory())
        .hadoopConfiguration(hadoop)
        .dataConfig(Providers.config(s3.uri(), "key", TestSecrets.S3_SECRET_KEY))
        .engine(new SparkEngine(spark))
        .build();
  }

  private TransferReport copy(Tree tree) throws IOException {
    try (FileAccessProvider provider = provider()) {
      return copy(tree, provider);
    }
  }

  private TransferReport copy(Tree tree, FileAccessProvider provider) throws IOException {
    return provider.copy(
        source,
        "s3://bucket/copy",
        CopyOptions.defaults()
            .withEngine(Engine.SPARK)
            .withShape(BlobDimensionality.MULTIPART)
            .withTasks(tree.tasks)
            .withLimits(TransferLimits.defaults().withPartSizeBytes(PART_BYTES)));
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException ended) {
        throw new IllegalStateException(ended);
      }
    }
  }

  /** Acts once, when as many requests with content are held as put every executor in mid-file. */
  private void inMidFile(Tree tree, Runnable action) {
    AtomicInteger arrived = new AtomicInteger();
    CountDownLatch acted = new CountDownLatch(1);
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind != tree.sent) {
            return;
          }
          if (arrived.incrementAndGet() == 1) {
            await("every executor has sent", () -> arrived.get() >= tree.inMidFile);
            action.run();
            acted.countDown();
          }
          await("it has happened", () -> acted.getCount() == 0);
        });
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F46")
  void filesOfKilledExecutorsAreWrittenByOthers(Tree tree) throws Exception {
    plant(tree);
    List<ProcessHandle> killed = new CopyOnWriteArrayList<>();
    inMidFile(
        tree,
        () -> {
          killed.addAll(ExecutorProcesses.all());
          killed.forEach(ProcessHandle::destroyForcibly);
          killed.forEach(executor -> executor.onExit().join());
        });

    TransferReport report = copy(tree);

    assertThat(killed).hasSize(WORKERS);
    assertThat(s3.count(tree.sent)).as("sent anew").isGreaterThan(tree.requests);
    assertCopied(tree, report);
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"F47", "F48"})
  void anExecutorThatWakesUpAfterTheWinnerChangesNothing(Tree tree) throws Exception {
    plant(tree);
    List<ProcessHandle> asleep = new CopyOnWriteArrayList<>();
    inMidFile(
        tree,
        () -> {
          asleep.add(ExecutorProcesses.all().get(0));
          Signals.stop(asleep.get(0));
        });
    try {
      TransferReport report = copy(tree);

      assertThat(asleep).hasSize(1);
      assertThat(s3.count(tree.sent)).as("two attempts").isGreaterThan(tree.requests);
      assertCopied(tree, report);
      Signals.resume(asleep.get(0));
      await("every task has ended", () -> tasks.areNone());
      assertCopied(tree, report);
    } finally {
      asleep.forEach(Signals::resume);
    }
  }

  /** Who ends the copy. */
  enum Wish {
    OF_THE_CALLER {
      @Override
      void tell(Thread caller) {
        caller.interrupt();
      }
    },
    OF_SOMEBODY_WHO_CANCELS_ITS_JOB {
      @Override
      void tell(Thread caller) {
        spark.sparkContext().cancelAllJobs();
      }
    };

    abstract void tell(Thread caller);
  }

  @ParameterizedTest
  @CsvSource({
    "FILES,OF_THE_CALLER",
    "ONE_CUT_FILE,OF_THE_CALLER",
    "ONE_CUT_FILE,OF_SOMEBODY_WHO_CANCELS_ITS_JOB"
  })
  void whenItReturnsCancelledNothingIsHalfDoneAndNobodyWorks(Tree tree, Wish wish)
      throws Exception {
    plant(tree);
    Thread caller = Thread.currentThread();
    inMidFile(tree, () -> wish.tell(caller));

    CopyException failure;
    try (FileAccessProvider provider = provider()) {
      failure = catchThrowableOfType(CopyException.class, () -> copy(tree, provider));
      assertThat(Thread.interrupted()).isEqualTo(wish == Wish.OF_THE_CALLER);
    }
    assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED);
    assertThat(failure).hasMessageContaining("cancelled");
    assertThat(tasks.areNone()).isTrue();
    Invariants.ofSending(files).in(s3, "bucket", "copy/");
    int requests = s3.requests().size();
    assertThat(s3.keys("bucket").size()).as("not all").isLessThan(tree.lengths.size());
    assertThat(s3.requests()).as("nobody sends any more").hasSize(requests);
  }

  private void assertCopied(Tree tree, TransferReport report) {
    Invariants.ofSending(files).in(s3, "bucket", "copy/").afterSuccess(report);
    assertThat(report.files()).isEqualTo(tree.lengths.size());
    assertThat(report.bytes()).isEqualTo(tree.lengths.stream().mapToLong(Integer::longValue).sum());
  }
}
