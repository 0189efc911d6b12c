/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.CREATE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of the network and of the store: over them, or nothing is left. */
@Tag("slow")
class S3FaultsTest {
  private static final int PART = 5 << 20;
  private static final int LARGE = 4 * PART + 12345;
  private static final int SMALL = 300_000;

  @TempDir Path temp;
  private final S3Endpoint s3 = endpoint();
  private FileAccessProvider provider;
  private byte[] large;
  private byte[] small;

  /** Whose faults these are. */
  S3Endpoint endpoint() {
    return S3Endpoint.start();
  }

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    large = random(1, LARGE);
    small = random(2, SMALL);
    provider =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART).withAttempts(3))
            .build();
  }

  /** The same without the patience that only costs time where a fault lasts. */
  private void loseHope() throws Exception {
    provider.close();
    provider =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .dataConfig(
                DataConfig.builder()
                    .s3(
                        S3Config.builder()
                            .endpoint(s3.uri().toString())
                            .accessKeyId("tester")
                            .secretAccessKey(TestSecrets.S3_SECRET_KEY)
                            .retries(1)
                            .backoff(Duration.ofMillis(10))
                            .build())
                    .build())
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART).withAttempts(2))
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Path sources() throws Exception {
    Path in = Files.createDirectories(temp.resolve("in"));
    Files.write(in.resolve("large"), large);
    Files.write(in.resolve("small"), small);
    return in;
  }

  private Invariants both() {
    return Invariants.ofSending(Map.of("large", large, "small", small));
  }

  private Invariants theLargeOne() {
    return Invariants.ofSending(Map.of("large", large));
  }

  private void nothingPending() throws Exception {
    assertThat(s3.pendingUploads("b")).as("pending uploads").isEmpty();
    for (Path root : new Path[] {temp.resolve("out"), temp.resolve("in")}) {
      if (Files.exists(root)) {
        try (Stream<Path> found = Files.walk(root)) {
          assertThat(found.map(path -> path.getFileName().toString()))
              .noneMatch(name -> name.startsWith("._"));
        }
      }
    }
  }

  private static Arguments once(RequestKind kind, Fault fault, String row) {
    return Arguments.of(row + " " + kind + " " + fault, FaultRule.on(kind).nth(1).gives(fault));
  }

  static Stream<Arguments> transientUploads() {
    return Stream.of(
        once(PUT_OBJECT, Fault.resetRequest(100_000), "F04"),
        once(PUT_OBJECT, Fault.refuse(), "F04"),
        once(PUT_OBJECT, Fault.loseReply(), "F04"),
        once(PUT_OBJECT, Fault.internalError(), "F11"),
        once(PUT_OBJECT, Fault.slowDown(), "F10"),
        once(PUT_OBJECT, Fault.requestTimeout(), "F13"),
        once(PUT_OBJECT, Fault.status(429, "TooManyRequests"), "F12"),
        once(CREATE_MULTIPART, Fault.internalError(), "F11"),
        once(CREATE_MULTIPART, Fault.slowDown(), "F10"),
        once(UPLOAD_PART, Fault.resetRequest(1_000_000), "F04"),
        once(UPLOAD_PART, Fault.loseReply(), "F22"),
        once(UPLOAD_PART, Fault.slowDown(), "F10"),
        once(UPLOAD_PART, Fault.requestTimeout(), "F13"),
        once(COMPLETE_MULTIPART, Fault.internalError(), "F11"),
        once(COMPLETE_MULTIPART, Fault.errorInOk("InternalError"), "F19"),
        once(COMPLETE_MULTIPART, Fault.loseReply(), "F20"),
        Arguments.of(
            "F11 every 3rd request", FaultRule.on().every(3).gives(Fault.internalError())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transientUploads")
  @Rule({"W-7", "W-24", "F04", "F09", "F10", "F11", "F12", "F13", "F19", "F20", "F22"})
  void aPassingFaultDoesNotTouchAnUpload(String name, FaultRule fault) throws Exception {
    FaultPlan plan = FaultPlan.of(fault);
    s3.faults(plan);
    TransferReport report = provider.putData(sources(), "s3://b/d", BlobDimensionality.MULTIPART);
    assertThat(plan.fired()).isPositive();
    s3.faults(FaultPlan.none());
    both().in(s3, "b", "d/").afterSuccess(report);
    nothingPending();
  }

  @ParameterizedTest
  @EnumSource(names = {"PUT_OBJECT", "UPLOAD_PART"})
  @Rule({"F09", "W-24"})
  void aFlippedBitIsFoundWhereChecksumsAreSent(RequestKind kind) throws Exception {
    Configuration checked = new Configuration();
    checked.set("fs.s3a.create.checksum.algorithm", "CRC32C");
    FaultPlan plan =
        FaultPlan.of(FaultRule.on(kind).nth(1).gives(Corruption.flipUploadedBit(70_000)));
    s3.faults(plan);
    try (FileAccessProvider checking =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .hadoopConfiguration(checked)
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART))
            .build()) {
      TransferReport report = checking.putData(sources(), "s3://b/d", BlobDimensionality.MULTIPART);
      assertThat(report.verification()).isEqualTo(Verification.CHECKSUM);
    }
    assertThat(plan.fired()).isEqualTo(1);
    assertThat(s3.bytes("b", "d/large")).isEqualTo(large);
    assertThat(s3.bytes("b", "d/small")).isEqualTo(small);
    nothingPending();
  }

  @Test
  @Rule("F23")
  void anUploadThatSomebodyAbortedIsMadeAgain() throws Exception {
    AtomicBoolean once = new AtomicBoolean();
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == COMPLETE_MULTIPART && once.compareAndSet(false, true)) {
            s3.abortDirectly("b");
          }
        });
    TransferReport report = provider.putData(sources().resolve("large"), "s3://b/large");
    assertThat(report.notes()).containsExactly("1 files took more than one try.");
    assertThat(s3.bytes("b", "large")).isEqualTo(large);
    nothingPending();
  }

  @Test
  @Rule("F24")
  void anAbortIsRepeatedToo() throws Exception {
    Path source = sources().resolve("large");
    s3.faults(
        FaultPlan.of(
            FaultRule.on(UPLOAD_PART).from(2).gives(Fault.status(403, "AccessDenied")),
            FaultRule.on(RequestKind.ABORT_MULTIPART).first(2).gives(Fault.internalError())));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.putData(source, "s3://b/d/large"));
    check(failure, FailureKind.ACCESS_DENIED);
    nothingPending();
  }

  static Stream<Arguments> transientDownloads() {
    return Stream.of(
        once(GET_OBJECT, Fault.resetResponse(200_000), "F03"),
        once(GET_OBJECT, Fault.shortBody(200_000), "F06"),
        once(GET_OBJECT, Fault.loseReply(), "F03"),
        once(GET_OBJECT, Fault.internalError(), "F11"),
        once(GET_OBJECT, Fault.slowDown(), "F10"),
        once(LIST, Fault.internalError(), "F11"),
        once(LIST, Fault.resetResponse(50), "F03"),
        Arguments.of(
            "F11 every 3rd request", FaultRule.on().every(3).gives(Fault.internalError())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transientDownloads")
  @Rule({"W-7", "W-24", "F03", "F06", "F10", "F11"})
  void aPassingFaultDoesNotTouchADownload(String name, FaultRule fault) throws Exception {
    s3.putDirectly("b", "d/large", large);
    s3.putDirectly("b", "d/small", small);
    FaultPlan plan = FaultPlan.of(fault);
    s3.faults(plan);
    TransferReport report =
        provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
    assertThat(plan.fired()).isPositive();
    both().in(temp.resolve("out")).afterSuccess(report);
    nothingPending();
  }

  private static Arguments always(RequestKind kind, Fault fault, FailureKind expected) {
    return Arguments.of(kind + " " + fault, FaultRule.on(kind).from(1).gives(fault), expected);
  }

  static Stream<Arguments> lastingUploads() {
    return Stream.of(
        always(CREATE_MULTIPART, Fault.status(403, "AccessDenied"), FailureKind.ACCESS_DENIED),
        Arguments.of(
            "3rd part denied",
            FaultRule.on(UPLOAD_PART).from(3).gives(Fault.status(403, "AccessDenied")),
            FailureKind.ACCESS_DENIED),
        always(UPLOAD_PART, Fault.internalError(), FailureKind.NETWORK),
        always(UPLOAD_PART, Fault.resetRequest(1000), FailureKind.NETWORK),
        always(COMPLETE_MULTIPART, Fault.internalError(), FailureKind.NETWORK),
        always(COMPLETE_MULTIPART, Fault.status(403, "AccessDenied"), FailureKind.ACCESS_DENIED),
        always(COMPLETE_MULTIPART, Fault.errorInOk("InternalError"), FailureKind.NETWORK),
        always(COMPLETE_MULTIPART, Fault.slowDown(), FailureKind.THROTTLED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lastingUploads")
  @Rule({"W-24", "W-34", "F14", "F24"})
  void aLastingFaultLeavesNothingOfAnUpload(String name, FaultRule fault, FailureKind kind)
      throws Exception {
    loseHope();
    Path source = sources().resolve("large");
    s3.faults(FaultPlan.of(fault));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.putData(source, "s3://b/d/large"));
    check(failure, kind);
    s3.faults(FaultPlan.none());
    theLargeOne().in(s3, "b", "d/").afterFailure(failure);
    nothingPending();
  }

  private static void check(TransferException failure, FailureKind kind) {
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
    assertThat(failure.getMessage()).hasLineCount(1).startsWith("Cannot ").endsWith(".");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lastingUploads")
  @Rule({"FAP-PR-1", "W-32"})
  void aLastingFaultLeavesNothingOfAStream(String name, FaultRule fault, FailureKind kind)
      throws Exception {
    loseHope();
    s3.faults(FaultPlan.of(fault));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.putRawData(RawData.stream(new ByteArrayInputStream(large))));
    check(failure, kind);
    s3.faults(FaultPlan.none());
    assertThat(s3.keys("b")).isEmpty();
    nothingPending();
  }

  static Stream<Arguments> lastingDownloads() {
    return Stream.of(
        always(GET_OBJECT, Fault.status(403, "AccessDenied"), FailureKind.ACCESS_DENIED),
        always(GET_OBJECT, Fault.internalError(), FailureKind.NETWORK),
        always(GET_OBJECT, Fault.resetResponse(0), FailureKind.NETWORK),
        always(GET_OBJECT, Fault.shortBody(0), FailureKind.NETWORK),
        always(GET_OBJECT, Fault.slowDown(), FailureKind.THROTTLED),
        Arguments.of(
            "3rd range fails",
            FaultRule.on(GET_OBJECT).from(3).gives(Fault.internalError()),
            FailureKind.NETWORK));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lastingDownloads")
  @Rule({"W-24", "F03", "F06"})
  void aLastingFaultLeavesNothingOfADownload(String name, FaultRule fault, FailureKind kind)
      throws Exception {
    loseHope();
    s3.putDirectly("b", "large", large);
    s3.faults(FaultPlan.of(fault));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData("s3://b/large", temp.resolve("out/large")));
    check(failure, kind);
    theLargeOne().in(temp.resolve("out")).afterFailure(failure);
    nothingPending();
  }

  @Test
  @Rule({"F40", "W-24"})
  void theOtherFilesArriveAndTheReportSaysSo() throws Exception {
    s3.putDirectly("b", "d/a", small);
    s3.putDirectly("b", "d/b", small);
    s3.putDirectly("b", "d/c", small);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(GET_OBJECT)
                .key("d/b"::equals)
                .from(1)
                .gives(Fault.status(403, "AccessDenied"))));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART));
    assertThat(failure.failures()).singleElement().extracting("path").isEqualTo("s3://b/d/b");
    assertThat(failure.report().files()).isEqualTo(2);
    Invariants.ofSending(Map.of("a", small, "b", small, "c", small))
        .in(temp.resolve("out"))
        .afterFailure(failure);
    nothingPending();
  }

  @Test
  @Rule("F27")
  void aListingThatFailsOnALaterPageIsAnError() throws Exception {
    for (int i = 0; i < 1500; i++) {
      s3.putDirectly("b", "d/" + i, new byte[1]);
    }
    s3.faults(FaultPlan.of(FaultRule.on(LIST).from(2).gives(Fault.internalError())));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART));
    check(failure, FailureKind.NETWORK);
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  @Rule("F29")
  void aSourceThatChangesAfterTheListingIsNotMixed() throws Exception {
    s3.putDirectly("b", "large", large);
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == GET_OBJECT && s3.count(GET_OBJECT) == 3) {
            s3.putDirectly("b", "large", random(9, LARGE));
          }
        });
    TransferException failure =
        catchThrowableOfType(
            TransferException.class,
            () -> provider.getData("s3://b/large", temp.resolve("out/large")));
    check(failure, FailureKind.SOURCE_CHANGED);
    assertThat(temp.resolve("out/large")).doesNotExist();
    assertThat(s3.count(HEAD_OBJECT)).isEqualTo(1);
    nothingPending();
  }
}
