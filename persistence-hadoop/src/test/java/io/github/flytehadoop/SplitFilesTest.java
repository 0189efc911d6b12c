/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.CREATE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.mapreduce.MapReduceEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One large file on its way in parts, by the threads of this JVM and by the mappers of a job. The
 * two buckets have different settings, so that S3 is not asked to copy by itself.
 */
@Tag("slow")
class SplitFilesTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final byte[] content = new byte[3 * PART + 7];
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("from");
    s3.createBucket("to");
    new Random(1).nextBytes(content);
    s3.putDirectly("from", "d/large", content);
    s3.putDirectly("from", "d/small", new byte[10]);
    Configuration cluster = new Configuration();
    cluster.set("hadoop.tmp.dir", temp.resolve("hadoop").toString());
    cluster.set("fs.s3a.bucket.from.endpoint.region", "eu-west-1");
    provider =
        Providers.on(s3, "from", temp.resolve("sandbox"))
            .hadoopConfiguration(cluster)
            .executionMetadata(Map.of("who", "me", "content-type", "text/csv"))
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART).withAttempts(3))
            .engine(new MapReduceEngine(cluster))
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private TransferReport copy(Engine engine) throws Exception {
    return provider.copy(
        "s3://from/d",
        "s3://to/d",
        CopyOptions.defaults()
            .withEngine(engine)
            .withTasks(engine == Engine.MAPREDUCE ? 4 : 0)
            .withOnExisting(OnExisting.OVERWRITE));
  }

  private void arrived(TransferReport report) throws Exception {
    assertThat(report.files()).isEqualTo(2);
    assertThat(report.bytes()).isEqualTo(content.length + 10);
    assertThat(s3.bytes("to", "d/large")).isEqualTo(content);
    assertThat(s3.keys("to")).containsExactly("d/large", "d/small");
    assertThat(s3.pendingUploads("to")).isEmpty();
    assertThat(provider.stat("s3://to/d/large").metadata())
        .isEqualTo(Map.of("who", "me", "content-type", "text/csv"));
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "MAPREDUCE"})
  void everyPartIsOneGetAndOnePutAndTheFileTwoMore(Engine engine) throws Exception {
    TransferReport report = copy(engine);
    assertThat(s3.count(UPLOAD_PART)).isEqualTo(4);
    assertThat(s3.count(CREATE_MULTIPART) + s3.count(COMPLETE_MULTIPART)).isEqualTo(2);
    assertThat(s3.count(GET_OBJECT)).isEqualTo(5);
    assertThat(s3.count(PUT_OBJECT)).isEqualTo(1);
    long read =
        s3.requests().stream()
            .filter(r -> r.kind() == GET_OBJECT)
            .mapToLong(Request::bytesOut)
            .sum();
    assertThat(read).as("no byte twice").isEqualTo(content.length + 10);
    if (engine == Engine.MAPREDUCE) {
      assertThat(report.notes()).contains("1 files were written in parts, by 4 workers.");
    }
    arrived(report);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "MAPREDUCE"})
  void oneLargeFileAloneIsSplitToo(Engine engine) throws Exception {
    TransferReport report =
        provider.copy(
            "s3://from/d/large",
            "s3://to/one",
            CopyOptions.defaults()
                .withEngine(engine)
                .withTasks(engine == Engine.MAPREDUCE ? 2 : 0)
                .withShape(BlobDimensionality.SINGLE));
    assertThat(report.bytes()).isEqualTo(content.length);
    assertThat(s3.count(UPLOAD_PART)).isEqualTo(4);
    assertThat(s3.bytes("to", "one")).isEqualTo(content);
  }

  private void survives(Engine engine, RequestKind kind, Fault fault) throws Exception {
    FaultPlan plan = FaultPlan.of(FaultRule.on(kind).nth(1).gives(fault));
    s3.faults(plan);
    TransferReport report = copy(engine);
    assertThat(plan.fired()).isEqualTo(1);
    s3.faults(FaultPlan.none());
    arrived(report);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "MAPREDUCE"})
  @Rule({"F19", "F20", "F22"})
  void answersThatAreLostOrErrorsAreNoLoss(Engine engine) throws Exception {
    survives(engine, COMPLETE_MULTIPART, Fault.errorInOk("InternalError"));
    survives(engine, COMPLETE_MULTIPART, Fault.loseReply());
    survives(engine, UPLOAD_PART, Fault.loseReply());
    survives(engine, UPLOAD_PART, Fault.resetRequest(100_000));
    survives(engine, GET_OBJECT, Fault.resetResponse(100_000));
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "MAPREDUCE"})
  @Rule("F23")
  void anUploadThatSomebodyAbortsIsStartedAnew(Engine engine) throws Exception {
    boolean[] aborted = new boolean[1];
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == COMPLETE_MULTIPART && !aborted[0]) {
            aborted[0] = true;
            s3.abortDirectly("to");
          }
        });
    arrived(copy(engine));
    assertThat(aborted[0]).isTrue();
    assertThat(s3.count(CREATE_MULTIPART)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "MAPREDUCE"})
  void permanentFailureLeavesNothing(Engine engine) throws Exception {
    s3.faults(
        FaultPlan.of(FaultRule.on(UPLOAD_PART).from(2).gives(Fault.status(403, "AccessDenied"))));
    CopyException failure = catchThrowableOfType(CopyException.class, () -> copy(engine));
    assertThat(failure.report()).isNotNull();
    assertThat(failure.failures()).hasSize(1);
    assertThat(s3.keys("to")).containsExactly("d/small");
    assertThat(s3.pendingUploads("to")).isEmpty();
  }

  @Test
  @Rule("F29")
  void aSourceThatChangesBetweenPartsIsNotMixed() throws Exception {
    int[] reads = new int[1];
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == GET_OBJECT && ++reads[0] == 3) {
            s3.putDirectly("from", "d/large", new byte[content.length]);
          }
        });
    catchThrowableOfType(CopyException.class, () -> copy(Engine.LOCAL));
    assertThat(s3.keys("to")).doesNotContain("d/large");
    assertThat(s3.pendingUploads("to")).isEmpty();
  }
}
