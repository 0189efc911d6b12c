/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On S3 an overwrite whose clean-up fails leaves the old rows alone or the new rows alone. */
@Timeout(300)
@Tag("slow")
class OverwriteOnS3Test {
  private static final String BUCKET = "bucket";
  private static final List<Long> OLD = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
  private static final List<Long> NEW = List.of(100L, 101L, 102L, 103L);
  private static S3Endpoint s3;
  private static SparkSession spark;
  private static CountDownLatch writing;
  private static CountDownLatch goOn;

  /** Ways to replace two partitions with all their rows. */
  enum Mode {
    WHOLE {
      @Override
      void overwrite(String format, String uri) {
        writer(100, 104, format).mode(SaveMode.Overwrite).save(uri);
      }
    },
    DYNAMIC_PARTITIONS {
      @Override
      void overwrite(String format, String uri) {
        writer(100, 104, format)
            .option("partitionOverwriteMode", "dynamic")
            .mode(SaveMode.Overwrite)
            .save(uri);
      }
    },
    DATASET {
      @Override
      void overwrite(String format, String uri) {
        writer(100, 104, format).option(SparkKeys.REPLACES, "true").mode("append").save(uri);
      }
    };

    abstract void overwrite(String format, String uri);
  }

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Endpoint.start();
    s3.createBucket(BUCKET);
    FlyteFile file = FlyteFile.of(s3.uri(), TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY);
    spark = SparkSessions.withPlugin(SparkSessions.local(), file).getOrCreate();
    spark
        .udf()
        .register(
            "waiting",
            (Long id) -> {
              writing.countDown();
              if (!goOn.await(100, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let the writer go on");
              }
              if (id < 0) {
                throw new IllegalStateException("as asked");
              }
              return id;
            },
            DataTypes.LongType);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    s3.close();
  }

  @AfterEach
  void heal() {
    s3.faults(FaultPlan.none());
    s3.onRequest((kind, ordinal) -> {});
  }

  private static DataFrameWriter<Row> writer(long from, long to, String format) {
    return spark
        .range(from, to, 1, 2)
        .selectExpr("id", "id % 2 AS p")
        .write()
        .format(format)
        .partitionBy("p");
  }

  private static List<Long> ids(String format, String uri) {
    return spark
        .read()
        .format(format)
        .schema("id LONG, p LONG")
        .load(uri)
        .selectExpr("id")
        .orderBy("id")
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0))
        .toList();
  }

  private static String withOldData(String name, String format) {
    String uri = "s3://" + BUCKET + "/" + name;
    writer(0, 8, format).save(uri);
    return uri;
  }

  private static FaultPlan refusing(Fault fault, RequestKind... kinds) {
    return FaultPlan.of(FaultRule.on(kinds).from(1).gives(fault));
  }

  private static Fault denied() {
    return Fault.status(403, "AccessDenied");
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F69")
  void deletesThatAreDeniedLeaveTheOldRowsAlone(Mode mode) {
    String uri = withOldData("denied/" + mode, "parquet");
    List<String> before = s3.keys(BUCKET);
    s3.faults(refusing(denied(), RequestKind.DELETE_OBJECTS, RequestKind.DELETE_OBJECT));
    assertThatThrownBy(() -> mode.overwrite("parquet", uri))
        .hasStackTraceContaining("does not let old files be deleted");
    heal();
    assertThat(ids("parquet", uri)).isEqualTo(OLD);
    assertThat(files(s3.keys(BUCKET))).isEqualTo(files(before));
    assertThat(s3.pendingUploads(BUCKET)).isEmpty();
  }

  /** Without the hidden work of a job, which nobody may delete either. */
  private static List<String> files(List<String> keys) {
    return keys.stream()
        .filter(key -> key.endsWith(".parquet") && !key.contains("/__magic_job-"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json", "csv", "avro"})
  @Rule("F69")
  void aKeyThatCannotBeDeletedHasNoRowsAnyMore(String format) {
    String uri = withOldData("stuck/" + format, format);
    String stuck = key("stuck/" + format);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.DELETE_OBJECTS)
                .from(1)
                .gives(Corruption.undeletable(stuck::equals)),
            FaultRule.on(RequestKind.DELETE_OBJECT).key(stuck::equals).from(1).gives(denied())));
    Mode.WHOLE.overwrite(format, uri);
    heal();
    assertThat(s3.keys(BUCKET)).contains(stuck);
    assertThat(ids(format, uri)).isEqualTo(NEW);
    // as it infers its schema
    assertThat(spark.read().format(format).load(uri).count()).isEqualTo(NEW.size());
  }

  private static String key(String directory) {
    return s3.keys(BUCKET).stream().filter(k -> k.startsWith(directory + "/")).toList().get(1);
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F69")
  void deletesThatAreDeniedOnceTheNewRowsAreThereLeaveThemAlone(Mode mode) {
    String uri = withOldData("late/" + mode, "parquet");
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == RequestKind.COMPLETE_MULTIPART) {
            s3.faults(refusing(denied(), RequestKind.DELETE_OBJECTS, RequestKind.DELETE_OBJECT));
          }
        });
    mode.overwrite("parquet", uri);
    heal();
    assertThat(ids("parquet", uri)).isEqualTo(NEW);
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F69")
  void keysThatFailOnceAreAskedForAgain(Mode mode) {
    String uri = withOldData("again/" + mode, "parquet");
    List<String> old = s3.keys(BUCKET).stream().filter(k -> k.startsWith("again/" + mode)).toList();
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.DELETE_OBJECTS)
                .first(2)
                .gives(Corruption.undeletable(old.get(0)::equals))));
    mode.overwrite("parquet", uri);
    assertThat(s3.keys(BUCKET)).doesNotContainAnyElementsOf(old);
    assertThat(ids("parquet", uri)).isEqualTo(NEW);
  }

  @ParameterizedTest
  @EnumSource
  @Rule("F69")
  void aCommitThatFailsInTheMiddleIsTakenBack(Mode mode) {
    String uri = withOldData("half/" + mode, "parquet");
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.COMPLETE_MULTIPART)
                .from(2)
                .gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> mode.overwrite("parquet", uri)).isInstanceOf(Exception.class);
    heal();
    assertThat(ids("parquet", uri)).isEqualTo(OLD);
    assertThat(s3.pendingUploads(BUCKET)).isEmpty();
  }

  @Test
  @Rule("F69")
  void aStoreThatTakesNothingAnyMoreIsNoSuccess() {
    String uri = withOldData("dead", "parquet");
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == RequestKind.COMPLETE_MULTIPART) {
            s3.faults(
                refusing(
                    denied(),
                    RequestKind.DELETE_OBJECTS,
                    RequestKind.DELETE_OBJECT,
                    RequestKind.PUT_OBJECT));
          }
        });
    assertThatThrownBy(() -> Mode.WHOLE.overwrite("parquet", uri))
        .hasStackTraceContaining("Write again when the store lets you delete");
    heal();
    Mode.WHOLE.overwrite("parquet", uri);
    assertThat(ids("parquet", uri)).isEqualTo(NEW);
  }

  @Test
  @Rule("F69")
  void dynamicOverwriteCopiesNothingAndKeepsOtherPartitions() {
    String uri = withOldData("copies", "parquet");
    s3.resetRequests();
    spark
        .range(100, 103, 1, 1)
        .selectExpr("id", "1 AS p")
        .write()
        .option("partitionOverwriteMode", "dynamic")
        .mode(SaveMode.Overwrite)
        .partitionBy("p")
        .parquet(uri);
    assertThat(s3.count(RequestKind.COPY_OBJECT)).isZero();
    assertThat(ids("parquet", uri)).containsExactly(0L, 2L, 4L, 6L, 100L, 101L, 102L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Rule("F69")
  void anAppendEndsNoUploadsOfAnother(boolean fails) throws Exception {
    String uri = withOldData("two/" + fails, "parquet");
    writing = new CountDownLatch(1);
    goOn = new CountDownLatch(1);
    CompletableFuture<Void> slow =
        CompletableFuture.runAsync(
            () ->
                spark
                    .range(100, 104, 1, 1)
                    .selectExpr("waiting(id) AS id", "id % 2 AS p")
                    .coalesce(1)
                    .write()
                    .mode("append")
                    .partitionBy("p")
                    .parquet(uri));
    assertThat(writing.await(100, TimeUnit.SECONDS)).isTrue();
    begin("two/" + fails + "/p=0/part-00000-of-another-application.parquet");
    if (fails) {
      assertThatThrownBy(() -> failing().write().mode("append").partitionBy("p").parquet(uri))
          .hasStackTraceContaining("as asked");
    } else {
      writer(200, 204, "parquet").mode("append").save(uri);
    }
    goOn.countDown();
    slow.get(100, TimeUnit.SECONDS);
    assertThat(s3.pendingUploads(BUCKET))
        .as("an upload that no job of ours has begun")
        .hasSize(1)
        .allMatch(key -> key.contains("of-another-application"));
    s3.abortDirectly(BUCKET);
    assertThat(ids("parquet", uri)).containsAll(OLD).containsAll(NEW).hasSize(fails ? 12 : 16);
  }

  private static Dataset<Row> failing() {
    return spark
        .range(300, 304, 1, 1)
        .selectExpr("IF(id = 303, raise_error('as asked'), id) AS id", "id % 2 AS p");
  }

  /** As another program would begin it. */
  private static void begin(String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(s3.uri().resolve("/" + BUCKET + "/" + key + "?uploads"))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + TestSecrets.S3_ACCESS_KEY
                    + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(200);
  }
}
