/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upload whose last answer is lost ends in the truth: ours and whole, or somebody else's. */
class S3LostRepliesTest {
  private static final int PART = 5 << 20;
  private static final CopyOptions REFUSING =
      CopyOptions.defaults().withEngine(Engine.LOCAL).withShape(BlobDimensionality.SINGLE);

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider =
        Providers.on(s3, "b", temp.resolve("sandbox"))
            .transferLimits(TransferLimits.defaults().withPartSizeBytes(PART).withAttempts(3))
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] contentFor(RequestKind last) {
    return bytes(1, last == PUT_OBJECT ? 1000 : 2 * PART + 1);
  }

  private String source(byte[] content) throws Exception {
    return Files.write(temp.resolve("f"), content).toString();
  }

  private Invariants.Findings after(byte[] content) {
    s3.faults(FaultPlan.none());
    s3.onRequest((kind, ordinal) -> {});
    return Invariants.ofSending(Map.of("f", content)).in(s3, "b", "d/");
  }

  @ParameterizedTest
  @EnumSource(names = {"PUT_OBJECT", "COMPLETE_MULTIPART"})
  @Rule("F21")
  void ownObjectIsNoConflict(RequestKind last) throws Exception {
    byte[] content = contentFor(last);
    FaultPlan plan = FaultPlan.of(FaultRule.on(last).nth(1).gives(Fault.loseReply()));
    s3.faults(plan);
    TransferReport report = provider.copy(source(content), "s3://b/d/f", REFUSING);
    assertThat(plan.fired()).isEqualTo(1);
    after(content).afterSuccess(report);
    assertThat(provider.stat("s3://b/d/f").metadata()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 12})
  @Rule("F21")
  void lostReplyIsRecognisedOnEveryRetry(int times) throws Exception {
    byte[] content = contentFor(PUT_OBJECT);
    s3.faults(FaultPlan.of(FaultRule.on(PUT_OBJECT).first(times).gives(Fault.loseReply())));
    TransferReport report = provider.copy(source(content), "s3://b/d/f", REFUSING);
    after(content).afterSuccess(report);
  }

  /** The same bytes: only the mark of the writer tells the two apart. */
  @ParameterizedTest
  @EnumSource(names = {"PUT_OBJECT", "COMPLETE_MULTIPART"})
  @Rule({"F21", "F32"})
  void foreignObjectIsAConflict(RequestKind last) throws Exception {
    byte[] content = contentFor(last);
    AtomicBoolean once = new AtomicBoolean();
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == last && once.compareAndSet(false, true)) {
            s3.putDirectly("b", "d/f", content);
          }
        });
    s3.faults(FaultPlan.of(FaultRule.on(last).nth(1).gives(Fault.refuse())));
    TransferException failure =
        catchThrowableOfType(
            TransferException.class, () -> provider.copy(source(content), "s3://b/d/f", REFUSING));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(s3.bytes("b", "d/f")).isEqualTo(content);
    assertThat(s3.pendingUploads("b")).isEmpty();
    assertThat(s3.count(HEAD_OBJECT)).as("a question to the plan, one to the store").isLessThan(5);
  }

  /** Length and time of the old object say nothing: it is not the one whose upload vanished. */
  @Test
  @Rule({"F20", "F23"})
  void anOldObjectIsNotTakenForTheUploadThatVanished() throws Exception {
    byte[] old = bytes(2, 2 * PART + 1);
    provider.putData(Path.of(source(old)), "s3://b/d/f");
    byte[] content = bytes(3, 2 * PART + 1);
    AtomicBoolean once = new AtomicBoolean();
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == COMPLETE_MULTIPART && once.compareAndSet(false, true)) {
            s3.abortDirectly("b");
          }
        });
    TransferReport report = provider.putData(Path.of(source(content)), "s3://b/d/f");
    assertThat(once).isTrue();
    after(content).afterSuccess(report);
  }

  @Test
  @Rule("F20")
  void aFinishedUploadIsNotMadeAgain() throws Exception {
    byte[] content = contentFor(COMPLETE_MULTIPART);
    s3.faults(FaultPlan.of(FaultRule.on(COMPLETE_MULTIPART).nth(1).gives(Fault.loseReply())));
    TransferReport report = provider.putData(Path.of(source(content)), "s3://b/d/f");
    after(content).afterSuccess(report);
    assertThat(report.notes()).isEmpty();
    assertThat(s3.count(RequestKind.CREATE_MULTIPART)).isEqualTo(1);
  }
}
