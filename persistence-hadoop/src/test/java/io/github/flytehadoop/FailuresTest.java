/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.error.DownloadException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.UploadException;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  private static final Pattern SHAPE =
      Pattern.compile("Cannot [a-z ]+ \\S+.*: .+\\. [A-Z].+\\.", Pattern.DOTALL);

  @TempDir Path temp;
  private final S3Endpoint endpoint = S3Endpoint.start();
  private FileAccessProvider provider;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    endpoint.createBucket("bucket");
    endpoint.putDirectly("bucket", "x", new byte[100]);
    file = Files.writeString(temp.resolve("file"), "content");
    provider = open(TransferLimits.defaults().withAttempts(1), 0);
  }

  private FileAccessProvider open(TransferLimits limits, int retries) throws Exception {
    S3Config s3 =
        Site.config(endpoint).s3().toBuilder()
            .retries(retries)
            .backoff(Duration.ofMillis(10))
            .build();
    return FileAccessProvider.builder()
        .localSandboxDir(temp.resolve("sandbox"))
        .rawOutputPrefix("s3://bucket/raw")
        .dataConfig(DataConfig.builder().s3(s3).build())
        .anonymousAccess(AnonymousAccess.NEVER)
        .transferLimits(limits)
        .build();
  }

  @AfterEach
  void close() {
    provider.close();
    endpoint.close();
  }

  private static TransferException failureOf(ThrowingCallable call) {
    TransferException failure = catchThrowableOfType(TransferException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(Fault.status(403, "AccessDenied"), FailureKind.ACCESS_DENIED),
        Arguments.of(Fault.status(403, "InvalidAccessKeyId"), FailureKind.NO_CREDENTIALS),
        Arguments.of(Fault.status(403, "SignatureDoesNotMatch"), FailureKind.NO_CREDENTIALS),
        Arguments.of(Fault.status(401, "Unauthorized"), FailureKind.NO_CREDENTIALS),
        Arguments.of(Fault.slowDown(), FailureKind.THROTTLED),
        Arguments.of(Fault.status(429, "TooManyRequests"), FailureKind.THROTTLED),
        Arguments.of(Fault.internalError(), FailureKind.NETWORK),
        Arguments.of(Fault.refuse(), FailureKind.NETWORK));
  }

  @ParameterizedTest
  @MethodSource("answers")
  @Rule({"W-34", "W-35", "W-38", "FAP-GD-3", "FAP-PD-2", "FAP-PR-10"})
  void theAnswerOfTheStoreDecidesTheKind(Fault fault, FailureKind kind) {
    endpoint.faults(
        FaultPlan.of(FaultRule.on(RequestKind.GET_OBJECT, RequestKind.PUT_OBJECT).gives(fault)));
    TransferException get = failureOf(() -> provider.getData("s3://bucket/x", temp.resolve("out")));
    TransferException put = failureOf(() -> provider.putData(file, "s3://bucket/y"));
    TransferException raw = failureOf(() -> provider.putRawData(RawData.text("x")));
    assertThat(get).isInstanceOf(DownloadException.class);
    assertThat(put).isInstanceOf(UploadException.class);
    assertThat(raw).isInstanceOf(UploadException.class);
    for (TransferException failure : List.of(get, put, raw)) {
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.recoverable()).isEqualTo(kind.recoverable());
      assertThat(failure.getCause()).isNotNull();
      assertThat(failure.failures()).hasSize(1);
      assertThat(failure.getMessage()).matches(SHAPE);
    }
    assertThat(endpoint.keys("bucket")).containsExactly("x");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  @Rule("W-38")
  void onlyWhatCanPassByItselfIsRecoverable(FailureKind kind) {
    boolean recoverable =
        switch (kind) {
          case NOT_FOUND, ACCESS_DENIED, NO_CREDENTIALS, LOCAL_IO, CONFLICT, UNSUPPORTED -> false;
          case THROTTLED, TIMEOUT, NETWORK, INTEGRITY, SOURCE_CHANGED, INTERRUPTED -> true;
        };
    assertThat(kind.recoverable()).isEqualTo(recoverable);
  }

  @Test
  @Rule({"OPT-RR", "W-7"})
  void aThrottledObjectIsTriedAgain() throws Exception {
    try (FileAccessProvider patient = open(TransferLimits.defaults().withAttempts(4), 0)) {
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.PUT_OBJECT).first(2).gives(Fault.slowDown()),
              FaultRule.on(RequestKind.GET_OBJECT).first(2).gives(Fault.internalError())));
      patient.putData(file, "s3://bucket/y");
      assertThat(endpoint.count(RequestKind.PUT_OBJECT)).isEqualTo(3);
      patient.getData("s3://bucket/y", temp.resolve("back"));
      assertThat(temp.resolve("back")).hasContent("content");
    }
  }

  @Test
  @Rule({"OPT-RR", "W-7", "W-38"})
  void hopelessFailureIsNotRetried() throws Exception {
    try (FileAccessProvider patient = open(TransferLimits.defaults(), 5)) {
      endpoint.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.PUT_OBJECT).gives(Fault.status(403, "AccessDenied"))));
      failureOf(() -> patient.putData(file, "s3://bucket/y"));
      assertThat(endpoint.count(RequestKind.PUT_OBJECT)).isEqualTo(1);
    }
  }

  @Test
  @Rule({"OPT-RR", "W-7"})
  void theTriesAreCounted() throws Exception {
    try (FileAccessProvider twice = open(TransferLimits.defaults().withAttempts(2), 0)) {
      endpoint.faults(FaultPlan.of(FaultRule.on(RequestKind.PUT_OBJECT).gives(Fault.slowDown())));
      failureOf(() -> twice.putData(file, "s3://bucket/y"));
      assertThat(endpoint.count(RequestKind.PUT_OBJECT)).isEqualTo(2);
    }
  }

  @Test
  @Rule({"FAP-GD-2", "W-17"})
  void absenceIsNoneOfThese() {
    TransferException failure =
        failureOf(() -> provider.getData("s3://bucket/none", temp.resolve("out")));
    assertThat(failure).isInstanceOf(DataNotFoundException.class);
    assertThat(failure).hasMessageContaining("s3://bucket/none");
  }

  @Test
  @Rule({"W-34", "W-35"})
  void everyMessageSaysWhatWhyAndWhatToDoAndNoSecret() {
    endpoint.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.PUT_OBJECT).gives(Fault.status(403, "AccessDenied"))));
    CopyOptions single = CopyOptions.defaults().withShape(BlobDimensionality.SINGLE);
    List<TransferException> failures =
        List.of(
            failureOf(() -> provider.getData("s3://bucket/none", temp.resolve("out"))),
            failureOf(() -> provider.getData("s3://bucket", temp.resolve("out"))),
            failureOf(() -> provider.getData("s3://bucket/x", file.resolve("below"))),
            failureOf(() -> provider.downloadDirectory("s3://bucket/none", temp.resolve("out"))),
            failureOf(() -> provider.downloadDirectory("s3://bucket", file)),
            failureOf(() -> provider.putData(file, "s3://bucket/y")),
            failureOf(() -> provider.putData(temp, "s3://bucket/y")),
            failureOf(() -> provider.putData(temp.resolve("none"), "s3://bucket/y")),
            failureOf(() -> provider.putData(file, "s3://bucket/a//b")),
            failureOf(() -> provider.putRawData(RawData.path(temp.resolve("none")))),
            failureOf(() -> provider.copy("s3://bucket/none", "s3://bucket/y", single)),
            failureOf(() -> provider.copy("s3://bucket", "s3://other/y", single)),
            failureOf(() -> provider.stat("s3://bucket/none")),
            failureOf(() -> provider.list("s3://bucket/x", Depth.TREE)),
            failureOf(() -> provider.openRead("s3://bucket")),
            failureOf(() -> provider.openWrite("s3://bucket/d/")),
            failureOf(() -> provider.delete("s3://bucket", Depth.TREE)));
    for (TransferException failure : failures) {
      assertThat(failure.getMessage()).matches(SHAPE).doesNotContain("\n");
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain(TestSecrets.all());
    }
    assertThat(provider.dataConfig().toString()).doesNotContain(TestSecrets.all());
  }
}
