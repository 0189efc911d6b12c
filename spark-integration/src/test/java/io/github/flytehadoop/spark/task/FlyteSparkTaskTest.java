/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ErrorDocument;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.spark.FlyteFile;
import io.github.flytehadoop.spark.SparkSessions;
import io.github.flytehadoop.task.ExitStatus;
import io.github.flytehadoop.task.TaskLimits;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.ObjectStatus;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task in a driver: what it writes, and that Spark is stopped behind it. */
@RequireStores("s3")
@Timeout(120)
@Tag("slow")
class FlyteSparkTaskTest {
  private final S3Server s3 = S3Server.shared();
  private final List<String> seenAtTheEnd = new ArrayList<>();
  private String root;
  private FileAccessProvider store;
  private FlyteFile config;

  @BeforeEach
  void open() throws IOException {
    String bucket = s3.newBucket();
    root = "s3://" + bucket;
    store = Providers.on(s3, bucket, TestDirectories.create("sandbox")).build();
    config = FlyteFile.of(s3.uri(), s3.accessKey(), s3.secretKey());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String[] arguments() {
    return new String[] {
      "--inputs", root + "/m/inputs.pb",
      "--output-prefix", root + "/m/data/0",
      "--raw-output-data-prefix", root + "/raw/x"
    };
  }

  private void inputs(Map<String, Literal> literals) throws IOException {
    write(root + "/m/inputs.pb", Literals.toBytes(new LiteralMap(literals)));
  }

  private void write(String uri, byte[] bytes) throws IOException {
    try (PendingOutput out = store.openWrite(uri)) {
      out.write(bytes);
      out.commit();
    }
  }

  private byte[] read(String uri) throws IOException {
    try (InputStream in = store.openRead(uri)) {
      return in.readAllBytes();
    }
  }

  private SparkSession session() {
    SparkSession spark = SparkSessions.withPlugin(SparkSessions.local(), config).getOrCreate();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onApplicationEnd(SparkListenerApplicationEnd end) {
                try (Stream<ObjectStatus> files = store.list(root + "/m/data/0", Depth.TREE)) {
                  files.forEach(file -> seenAtTheEnd.add(file.uri().replaceAll(".*/", "")));
                } catch (IOException none) {
                  seenAtTheEnd.add(none.toString());
                }
              }
            });
    return spark;
  }

  private ExitStatus run(SparkTaskBody body) {
    return FlyteSparkTask.run(arguments(), TaskLimits.defaults(), this::session, body);
  }

  @Test
  @Rule("TASK-22")
  void datasetsComeInAndGoOut() throws Exception {
    write(root + "/note", "12345".getBytes(StandardCharsets.UTF_8));
    inputs(Map.of("note", Literal.of(root + "/note")));
    ExitStatus written =
        run(
            task -> {
              task.putDataset("rows", task.spark().range(5).selectExpr("id", "id * 2 AS twice"));
              FileAccessHandle files = task.files();
              String note = task.inputs().getString("note");
              int length =
                  task.spark()
                      .createDataset(List.of(note), Encoders.STRING())
                      .map(
                          (MapFunction<String, Integer>) uri -> lengthOf(files, uri),
                          Encoders.INT())
                      .first();
              task.outputs().put("length", length);
            });

    assertThat(written).isEqualTo(new ExitStatus(ExitStatus.Outcome.SUCCEEDED, 0));
    assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
    assertThat(seenAtTheEnd).containsExactly("outputs.pb");
    Map<String, Literal> outputs =
        Literals.parseMap(read(root + "/m/data/0/outputs.pb")).literals();
    assertThat(Literals.as(outputs.get("length"), Long.class)).isEqualTo(5);
    StructuredDataset rows = Literals.as(outputs.get("rows"), StructuredDataset.class);
    assertThat(rows.format()).isEqualTo("parquet");
    assertThat(rows.uri()).matches(root + "/raw/x/[0-9a-f]{32}");

    inputs(Map.of("rows", outputs.get("rows")));
    ExitStatus read =
        run(
            task -> {
              assertThat(task.dataset("rows", "twice").columns()).containsExactly("twice");
              assertThat(task.dataset("rows").count()).isEqualTo(5);
            });
    assertThat(read.outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
  }

  private static int lengthOf(FileAccessHandle files, String uri) throws IOException {
    try (InputStream in = files.openRead(uri)) {
      return in.readAllBytes().length;
    }
  }

  @Test
  @Rule("TASK-22")
  void failureIsWrittenBeforeSparkIsStopped() throws Exception {
    inputs(Map.of());
    ExitStatus status =
        run(
            task ->
                task.spark()
                    .range(1)
                    .map(
                        (MapFunction<Long, Long>)
                            id -> {
                              throw new IllegalStateException("no such row");
                            },
                        Encoders.LONG())
                    .count());

    assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.FAILED, 0));
    assertThat(SparkSession.getDefaultSession().isDefined()).isFalse();
    assertThat(seenAtTheEnd).containsExactly("error.pb");
    ContainerError error = ErrorDocument.parse(read(root + "/m/data/0/error.pb")).error();
    assertThat(error.code()).isEqualTo("USER:SparkException");
    assertThat(error.message()).contains("no such row");
  }

  @Test
  void sessionThatDoesNotStartIsAFailureOfTheTask() {
    ExitStatus status =
        FlyteSparkTask.run(
            arguments(),
            TaskLimits.defaults(),
            () -> {
              throw new IllegalStateException("no Spark");
            },
            task -> {});

    // the environment of the test names no store that could be written to
    assertThat(status.code()).isEqualTo(1);
  }
}
