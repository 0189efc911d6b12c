/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tasks that are killed, duplicated or aborted while they write in place of older data: what is
 * there is the old data until the commit, and the files of the winners after it.
 */
@Tag("cluster")
@RequireStores({"hdfs", "s3"})
@Timeout(400)
class KilledWriterTest {
  private static final String ENDPOINT_BUCKET = "scripted";

  /** In each of two tasks: enough for S3 to have got a part before the last row. */
  private static final long ROWS_OF_A_TASK = 8_000;

  private static final long LAST_ROW = 2 * ROWS_OF_A_TASK - 1;
  private static final long NONE = -1;

  private static SparkStandalone cluster;
  private static S3Endpoint endpoint;
  private static String serverBucket;
  private static SparkSession spark;
  private static RunningTasks tasks;

  /** Where the data is, and what is really there. */
  enum Target {
    HDFS {
      @Override
      String newTable() throws IOException {
        return MiniHdfs.shared().newDirectory() + "/table";
      }

      @Override
      List<String> everything(String table) throws IOException {
        return MiniHdfs.shared().fileNames(table);
      }

      @Override
      boolean isWriting(String table) throws IOException {
        return everything(table).size() > 2;
      }
    },
    S3_SERVER {
      @Override
      String newTable() {
        return "s3://" + serverBucket + "/" + newName(this);
      }

      @Override
      List<String> everything(String table) {
        List<String> all =
            S3Server.shared()
                .client()
                .listObjectsV2Paginator(list -> list.bucket(serverBucket).prefix(key(table) + "/"))
                .contents()
                .stream()
                .map(object -> object.key())
                .collect(Collectors.toList());
        all.addAll(pending(table));
        return all;
      }

      @Override
      boolean isWriting(String table) {
        return !pending(table).isEmpty();
      }

      private List<String> pending(String table) {
        return S3Server.shared().pendingUploads(serverBucket).stream()
            .filter(upload -> upload.startsWith(key(table) + "/"))
            .toList();
      }
    },
    S3_ENDPOINT {
      @Override
      String newTable() {
        return "s3://" + ENDPOINT_BUCKET + "/" + newName(this);
      }

      @Override
      List<String> everything(String table) {
        List<String> all = new ArrayList<>(endpoint.keys(ENDPOINT_BUCKET));
        endpoint.pendingUploads(ENDPOINT_BUCKET).forEach(key -> all.add(key + " (pending)"));
        all.removeIf(key -> !key.startsWith(key(table) + "/"));
        return all;
      }

      @Override
      boolean isWriting(String table) {
        return endpoint.pendingUploads(ENDPOINT_BUCKET).stream()
            .anyMatch(upload -> upload.startsWith(key(table) + "/"));
      }
    };

    abstract String newTable() throws IOException;

    /** Every file and every upload below it, hidden ones too. */
    abstract List<String> everything(String table) throws IOException;

    /** Whether something that is not published has reached the store. */
    abstract boolean isWriting(String table) throws IOException;

    private static String newName(Target target) {
      return target.name().toLowerCase(Locale.ROOT) + "-" + System.nanoTime();
    }

    private static String key(String table) {
      return table.replaceFirst("s3://[^/]+/", "");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start();
    endpoint.createBucket(ENDPOINT_BUCKET);
    S3Server server = S3Server.shared();
    serverBucket = server.newBucket();
    cluster = SparkStandalone.start(2);
    FlyteFile file = FlyteFile.of(server.uri(), server.accessKey(), server.secretKey());
    String scripted = "spark.hadoop.fs.s3a.bucket." + ENDPOINT_BUCKET;
    spark =
        SparkSessions.withPlugin(cluster.session(), file)
            .config(scripted + ".endpoint", endpoint.uri().toString())
            .config("spark.hadoop.fs.s3a.multipart.size", "5M")
            .config("spark.speculation", "true")
            .config("spark.speculation.interval", "100ms")
            .config("spark.speculation.quantile", "0.5")
            .config("spark.speculation.multiplier", "1.1")
            .config("spark.speculation.efficiency.enabled", "false")
            .getOrCreate();
    tasks = RunningTasks.of(spark);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    cluster.close();
    endpoint.close();
  }

  private static Dataset<Row> rows(Stop stop) {
    var function = functions.udf(stop, DataTypes.LongType).asNondeterministic();
    return spark
        .range(0, 2 * ROWS_OF_A_TASK, 1, 2)
        .select(
            function.apply(functions.col("id")).as("id"),
            functions.expr("repeat(sha2(CAST(id AS STRING), 256), 16)").as("payload"));
  }

  private static Stop stop(long failing) throws IOException {
    return new Stop(TestDirectories.create("stop").toString(), LAST_ROW, failing);
  }

  private static String tableWithOldData(Target target) throws IOException {
    String table = target.newTable();
    spark.range(0, 10, 1, 2).write().parquet(table);
    return table;
  }

  private static CompletableFuture<Void> overwriting(String table, Stop stop) {
    return CompletableFuture.runAsync(
        () ->
            rows(stop)
                .write()
                .mode(SaveMode.Overwrite)
                .option("compression", "none")
                // so that the stream gets rows long before the file ends
                .option("parquet.block.size", 1 << 20)
                .parquet(table));
  }

  private static void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Stop.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Waits until there are two data files and nothing else, for a loser may take its time. */
  private static void awaitClean(Target target, String table) throws Exception {
    long end = System.nanoTime() + Stop.PATIENCE.toNanos();
    List<String> all = target.everything(table);
    while (all.size() != 2 || !all.stream().allMatch(KilledWriterTest::isData)) {
      assertThat(System.nanoTime()).as("more than two data files: " + all).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
      all = target.everything(table);
    }
  }

  private static boolean isData(String file) {
    return file.substring(file.lastIndexOf('/') + 1).matches("part-[^ ]+[.]parquet");
  }

  private static boolean isWriting(Target target, String table) {
    try {
      return target.isWriting(table);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Every file that was there before is there; what is new is no data that a reader takes. */
  private static void assertOld(String table) {
    spark.catalog().refreshByPath(table);
    assertThat(spark.read().parquet(table).count()).isEqualTo(10);
  }

  private static void assertNew(Target target, String table, List<String> old) throws Exception {
    awaitClean(target, table);
    assertThat(target.everything(table)).doesNotContainAnyElementsOf(old);
    spark.catalog().refreshByPath(table);
    Row counts =
        spark
            .read()
            .parquet(table)
            .agg(
                functions.count("id"),
                functions.countDistinct("id"),
                functions.min("id"),
                functions.max("id"))
            .first();
    assertThat(List.of(counts.get(0), counts.get(1), counts.get(2), counts.get(3)))
        .isEqualTo(List.of(LAST_ROW + 1, LAST_ROW + 1, 0L, LAST_ROW));
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"F46", "F47"})
  void aTaskThatIsKilledWhileItWritesLeavesNothing(Target target) throws Exception {
    String table = tableWithOldData(target);
    List<String> old = target.everything(table);
    Stop stop = stop(NONE);

    CompletableFuture<Void> job = overwriting(table, stop);
    long victim = stop.awaitStopped(0);
    // the same rows once more: two attempts of a task are writing now
    stop.awaitStopped(1);
    await("a part of " + target, () -> isWriting(target, table));
    assertThat(target.everything(table)).containsAll(old);
    assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
    ProcessHandle.of(victim).ifPresent(handle -> handle.onExit().join());
    assertThat(target.everything(table)).containsAll(old);
    stop.letGo(1);
    job.get(Stop.PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertNew(target, table, old);
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"F47", "F48"})
  void theLoserOfARaceCannotAddAnythingAfterTheCommit(Target target) throws Exception {
    String table = tableWithOldData(target);
    List<String> old = target.everything(table);
    Stop stop = stop(NONE);

    CompletableFuture<Void> job = overwriting(table, stop);
    stop.awaitStopped(0);
    stop.awaitStopped(1);
    assertThat(target.everything(table)).containsAll(old);
    stop.letGo(1);
    job.get(Stop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    List<String> committed = target.everything(table).stream().filter(f -> isData(f)).toList();
    stop.letGo(0);

    awaitIdle();
    assertNew(target, table, old);
    assertThat(target.everything(table)).containsExactlyInAnyOrderElementsOf(committed);
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"F46", "F49"})
  void aJobThatFailsLeavesTheOldDataAlone(Target target) throws Exception {
    String table = tableWithOldData(target);
    List<String> old = target.everything(table);
    Stop stop = stop(ROWS_OF_A_TASK - 1);

    CompletableFuture<Void> job = overwriting(table, stop);
    stop.awaitStopped(0);
    await("a part of " + target, () -> isWriting(target, table));
    stop.fail();
    assertThatThrownBy(() -> job.get(Stop.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining("as asked");
    assertThat(target.everything(table)).containsAll(old);
    stop.letGo(0);

    awaitIdle();
    awaitClean(target, table);
    assertThat(target.everything(table)).containsExactlyInAnyOrderElementsOf(old);
    assertOld(table);
  }

  /** Until no task runs any more, those that lost included. */
  private static void awaitIdle() throws Exception {
    await("every task has ended", tasks::areNone);
  }
}
