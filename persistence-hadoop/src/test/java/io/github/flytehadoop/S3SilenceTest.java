/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores that fall silent, want fewer requests, forget, or answer with other bytes. */
@Timeout(120)
@Tag("slow")
class S3SilenceTest {
  private static final int PART = 5 << 20;

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final byte[] content = new byte[3 * PART + 7];
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    new Random(4).nextBytes(content);
    s3.createBucket("b");
    Configuration impatient = new Configuration();
    impatient.set("fs.s3a.connection.timeout", "1s");
    provider =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .hadoopConfiguration(impatient)
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART).withAttempts(2))
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private Invariants sent() {
    return Invariants.ofSending(Map.of("f", content));
  }

  private Path source() throws Exception {
    Path in = Files.createDirectories(temp.resolve("in"));
    Files.write(in.resolve("f"), content);
    return in;
  }

  private TransferReport put() throws Exception {
    return provider.putData(source(), "s3://b/d", BlobDimensionality.MULTIPART);
  }

  private TransferReport get() throws Exception {
    s3.putDirectly("b", "d/f", content);
    return provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
  }

  private FaultPlan strike(FaultRule rule) {
    FaultPlan plan = FaultPlan.of(rule);
    s3.faults(plan);
    return plan;
  }

  /** The connection stays open for a day; a second without a byte is enough. */
  @ParameterizedTest
  @EnumSource(names = {"GET_OBJECT", "UPLOAD_PART", "LIST"})
  @Rule("F05")
  void silenceIsGivenUpAndMadeGood(RequestKind kind) throws Exception {
    Duration day = Duration.ofDays(1);
    Fault stall = kind == GET_OBJECT ? Fault.stall(day, 100_000) : Fault.stall(day);
    FaultPlan plan = strike(FaultRule.on(kind).nth(1).gives(stall));
    if (kind == UPLOAD_PART) {
      TransferReport report = put();
      sent().in(s3, "b", "d/").afterSuccess(report);
    } else {
      TransferReport report = get();
      sent().in(temp.resolve("out")).afterSuccess(report);
    }
    assertThat(plan.fired()).isEqualTo(1);
  }

  /** Each byte is new hope: a slow transfer is not a silent one. */
  @Test
  @Rule("F05")
  void slownessIsNotSilence() throws Exception {
    s3.latency(Duration.ofMillis(700));
    TransferReport report = get();
    sent().in(temp.resolve("out")).afterSuccess(report);
    assertThat(s3.count(GET_OBJECT)).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"PUT_OBJECT", "GET_OBJECT"})
  @Rule({"F10", "F12"})
  void retryWaitsAsLongAsTheStoreSaid(RequestKind kind) throws Exception {
    List<Long> arrivals = new CopyOnWriteArrayList<>();
    s3.onRequest(
        (arrived, ordinal) -> {
          if (arrived == kind) {
            arrivals.add(System.nanoTime());
          }
        });
    strike(FaultRule.on(kind).nth(1).gives(Fault.slowDown(Duration.ofSeconds(2))));
    Path small = Files.write(temp.resolve("small"), new byte[10]);
    provider.putData(small, "s3://b/small");
    provider.getData("s3://b/small", temp.resolve("back"));
    assertThat(arrivals).hasSize(2);
    assertThat(Duration.ofNanos(arrivals.get(1) - arrivals.get(0)))
        .isGreaterThan(Duration.ofMillis(1900));
  }

  @Test
  @Rule("F12")
  void tooManyUpdatesOfOneObjectAreWaitedFor() throws Exception {
    FaultPlan plan =
        strike(FaultRule.on(PUT_OBJECT).first(3).gives(Fault.status(429, "TooManyRequests")));
    Path small = Files.write(temp.resolve("small"), new byte[10]);
    provider.putData(small, "s3://b/small");
    assertThat(plan.fired()).isEqualTo(3);
    assertThat(s3.bytes("b", "small")).hasSize(10);
  }

  /** Four of five requests are refused for a while; every file arrives, with bounded requests. */
  @Test
  @Rule("F10")
  void aStoreUnderLoadGetsFewerRequestsUntilAllIsDone() throws Exception {
    Path in = Files.createDirectories(temp.resolve("many"));
    for (int i = 0; i < 30; i++) {
      Files.write(in.resolve("f" + i), new byte[100]);
    }
    FaultRule most = FaultRule.on(PUT_OBJECT).first(60).gives(Fault.slowDown());
    FaultPlan plan =
        FaultPlan.of(FaultRule.on(PUT_OBJECT).every(5).gives(Fault.stall(Duration.ZERO)), most);
    s3.faults(plan);
    TransferReport report = provider.putData(in, "s3://b/d", BlobDimensionality.MULTIPART);
    assertThat(report.files()).isEqualTo(30);
    assertThat(report.failures()).isEmpty();
    assertThat(s3.keys("b")).hasSize(30);
    assertThat(s3.count(PUT_OBJECT)).isLessThanOrEqualTo(30 + 60);
  }

  static Stream<Arguments> otherBytes() {
    return Stream.of(
        Arguments.of(Corruption.ignoredRange()),
        Arguments.of(Corruption.shiftedRange(5)),
        Arguments.of(Corruption.wrongContentRange()),
        Arguments.of(Corruption.extraBytes(100)));
  }

  /** The file is read in ranges; each answer is another than was asked for. */
  @ParameterizedTest
  @MethodSource("otherBytes")
  @Rule("F07")
  void anAnswerToAnotherQuestionIsNotUsed(Fault fault) throws Exception {
    FaultPlan plan = strike(FaultRule.on(GET_OBJECT).nth(2).gives(fault));
    TransferException failure = null;
    TransferReport report = null;
    try {
      report = get();
    } catch (TransferException refused) {
      failure = refused;
    }
    assertThat(plan.fired()).isEqualTo(1);
    Invariants.Findings found = sent().in(temp.resolve("out"));
    if (report != null) {
      found.afterSuccess(report);
    } else {
      found.afterFailure(failure);
    }
  }

  /** A weak store lists what it does not find yet. */
  @Test
  @Rule("F33")
  void listedFileThatIsNotFoundGetsASecondLook() throws Exception {
    FaultPlan plan = strike(FaultRule.on(GET_OBJECT).nth(1).gives(Fault.status(404, "NoSuchKey")));
    TransferReport report = get();
    sent().in(temp.resolve("out")).afterSuccess(report);
    assertThat(plan.fired()).isEqualTo(1);
  }

  @Test
  @Rule({"F30", "F33"})
  void vanishedFileIsReportedAfterTwoLooks() throws Exception {
    strike(FaultRule.on(GET_OBJECT).key("d/small"::equals).gives(Fault.status(404, "NoSuchKey")));
    s3.putDirectly("b", "d/small", new byte[10]);
    TransferException failure = catchThrowableOfType(TransferException.class, this::get);
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    Invariants.ofSending(Map.of("f", content, "small", new byte[10]))
        .in(temp.resolve("out"))
        .afterFailure(failure);
    assertThat(s3.requests().stream().filter(r -> r.key().equals("d/small"))).hasSize(2);
  }

  @Test
  @Rule("F26")
  void undeletableFileIsNamed() throws Exception {
    for (int i = 0; i < 5; i++) {
      s3.putDirectly("b", "d/" + i, new byte[1]);
    }
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.DELETE_OBJECTS).gives(Corruption.undeletable("d/3"::equals)),
            FaultRule.on(RequestKind.DELETE_OBJECT)
                .key("d/3"::equals)
                .gives(Fault.status(403, "AccessDenied"))));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.delete("s3://b/d", Depth.TREE));
    assertThat(failure).hasMessageContaining("d/3");
    assertThat(s3.keys("b")).containsExactly("d/3");
  }

  /** What one file was refused for, every other would be too. */
  @Test
  @Rule("F14")
  void whenCredentialsExpireTheRestIsNotTried() throws Exception {
    Path in = Files.createDirectories(temp.resolve("many"));
    Map<String, byte[]> files = new HashMap<>();
    for (int i = 0; i < 150; i++) {
      files.put("f%03d".formatted(i), new byte[100]);
      Files.write(in.resolve("f%03d".formatted(i)), new byte[100]);
    }
    strike(FaultRule.on(PUT_OBJECT).from(6).gives(Fault.status(400, "ExpiredToken")));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.putData(in, "s3://b/d", BlobDimensionality.MULTIPART));
    assertThat(failure.kind()).isEqualTo(FailureKind.NO_CREDENTIALS);
    Invariants.ofSending(files).in(s3, "b", "d/").afterFailure(failure);
    assertThat(s3.keys("b")).hasSize(5);
    assertThat(s3.requests().stream().map(Request::key).distinct())
        .as("5 that arrived, those under way and one that was about to")
        .hasSizeLessThanOrEqualTo(5 + TransferLimits.defaults().filesInFlight() + 1);
  }

  /** Parts wait in memory: no disk of this machine can be full for them. */
  @Test
  @Rule("F37")
  void aBufferDirectoryThatIsFullIsNotUsed() throws Exception {
    Configuration broken = new Configuration();
    broken.set("fs.s3a.buffer.dir", "/proc/nowhere");
    broken.set("hadoop.tmp.dir", "/proc/nowhere");
    try (FileAccessProvider full =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .hadoopConfiguration(broken)
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART))
            .build()) {
      TransferReport report = full.putData(source(), "s3://b/d", BlobDimensionality.MULTIPART);
      sent().in(s3, "b", "d/").afterSuccess(report);
    }
  }

  /** As a lock, a hold or a policy would. */
  @Test
  @Rule("B77")
  void anObjectUnderALockStaysAndTheStoresReasonIsGiven() throws Exception {
    s3.putDirectly("b", "d/f", content);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.DELETE_OBJECTS).gives(Corruption.undeletable(key -> true)),
            FaultRule.on(RequestKind.DELETE_OBJECT, PUT_OBJECT, RequestKind.COMPLETE_MULTIPART)
                .gives(Fault.status(403, "AccessDenied"))));
    TransferException deleting =
        catchThrowableOfType(
            TransferException.class, () -> provider.delete("s3://b/d/f", Depth.CHILDREN));
    assertThat(deleting.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
    TransferException replacing = catchThrowableOfType(TransferException.class, this::put);
    assertThat(replacing.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
    assertThat(s3.bytes("b", "d/f")).isEqualTo(content);
    assertThat(s3.pendingUploads("b")).isEmpty();
  }

  @Test
  @Rule("B77")
  void behindADeleteMarkerThereIsNothing() {
    assertThat(
            catchThrowableOfType(
                DataNotFoundException.class,
                () -> provider.getData("s3://b/deleted", temp.resolve("x"))))
        .isNotNull();
  }
}
