/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COMPLETE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.COPY_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.CREATE_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.UPLOAD_PART_COPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.Request;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies from one bucket to another of the same owner: S3 makes them, no byte comes here. */
class S3ServerSideCopyTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final CopyOptions OVERWRITE =
      CopyOptions.defaults().withOnExisting(OnExisting.OVERWRITE);
  private static final CopyOptions SINGLE = OVERWRITE.withShape(BlobDimensionality.SINGLE);

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final Configuration settings = new Configuration();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("from");
    s3.createBucket("to");
    settings.set("flyte.s3.copy.limit.bytes", String.valueOf(8 * MEBIBYTE));
    settings.set("flyte.s3.copy.part.bytes", String.valueOf(5 * MEBIBYTE));
    provider = provider(Map.of());
  }

  private FileAccessProvider provider(Map<String, String> executionMetadata) throws Exception {
    return Providers.on(s3, "from", temp.resolve("sandbox"))
        .hadoopConfiguration(settings)
        .executionMetadata(executionMetadata)
        .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private void seen(Map<RequestKind, Integer> expected) {
    assertThat(new EnumMap<>(s3.counts())).isEqualTo(new EnumMap<>(expected));
  }

  private void noByteCameHere() {
    assertThat(s3.requests())
        .filteredOn(request -> Set.of(GET_OBJECT, PUT_OBJECT).contains(request.kind()))
        .isEmpty();
    assertThat(s3.requests().stream().mapToLong(Request::bytesIn).sum()).isLessThan(2000);
  }

  @Test
  void aTreeIsItsListingAndOneCopyForEachFile() throws Exception {
    for (int i = 0; i < 1200; i++) {
      s3.putDirectly(
          "from", "d/" + i % 7 + "/" + i, String.valueOf(i).getBytes(StandardCharsets.UTF_8));
    }
    TransferReport report = provider.copy("s3://from/d", "s3://to/e", OVERWRITE);
    seen(Map.of(LIST, 2, COPY_OBJECT, 1200));
    noByteCameHere();
    assertThat(report.files()).isEqualTo(1200);
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("1200 files were copied by the store"));
    assertThat(report.requests()).isEqualTo(Map.of("LIST", 2L, "COPY", 1200L));
    assertThat(s3.bytes("to", "e/0/7")).asString().isEqualTo("7");
    assertThat(s3.keys("to")).hasSize(1200);
  }

  @Test
  void aFileAboveTheLimitIsCopiedInParts() throws Exception {
    byte[] content = new byte[16 * MEBIBYTE + 3];
    new Random(1).nextBytes(content);
    s3.putDirectly("from", "large", content);
    provider.copy("s3://from/large", "s3://to/large", SINGLE);
    seen(Map.of(HEAD_OBJECT, 2, CREATE_MULTIPART, 1, UPLOAD_PART_COPY, 4, COMPLETE_MULTIPART, 1));
    noByteCameHere();
    assertThat(s3.bytes("to", "large")).isEqualTo(content);
    assertThat(s3.pendingUploads("to")).isEmpty();
  }

  @Test
  void metadataAndHeadersStayUnlessOthersAreGiven() throws Exception {
    try (FileAccessProvider writer = provider(Map.of("who", "first", "content-type", "text/csv"))) {
      writer.putRawData(RawData.text("small"));
    }
    String small = s3.keys("from").get(0);
    provider.copy("s3://from/" + small, "s3://to/kept", SINGLE);
    assertThat(provider.stat("s3://to/kept").metadata())
        .isEqualTo(Map.of("who", "first", "content-type", "text/csv"));
    try (FileAccessProvider other = provider(Map.of("who", "second"))) {
      other.copy("s3://from/" + small, "s3://to/replaced", SINGLE);
      assertThat(other.stat("s3://to/replaced").metadata()).isEqualTo(Map.of("who", "second"));
    }
  }

  @Test
  @Rule("F25")
  void anErrorBehindAStatusOf200IsTriedAgain() throws Exception {
    s3.putDirectly("from", "f", new byte[10]);
    FaultPlan plan =
        FaultPlan.of(FaultRule.on(COPY_OBJECT).nth(1).gives(Fault.errorInOk("InternalError")));
    s3.faults(plan);
    provider.copy("s3://from/f", "s3://to/f", SINGLE);
    assertThat(plan.fired()).isEqualTo(1);
    assertThat(s3.count(COPY_OBJECT)).isEqualTo(2);
    assertThat(s3.bytes("to", "f")).hasSize(10);
  }

  @Test
  @Rule("F29")
  void anotherVersionThanWasListedIsNotCopied() throws Exception {
    s3.putDirectly("from", "f", new byte[10]);
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == COPY_OBJECT) {
            s3.putDirectly("from", "f", new byte[11]);
          }
        });
    CopyException failure =
        catchThrowableOfType(
            CopyException.class, () -> provider.copy("s3://from/f", "s3://to/f", SINGLE));
    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_CHANGED);
    assertThat(s3.keys("to")).isEmpty();
  }

  @Test
  @Rule("F32")
  void foreignFileWrittenMeanwhileStays() throws Exception {
    s3.putDirectly("from", "f", new byte[10]);
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == COPY_OBJECT) {
            s3.putDirectly("to", "f", new byte[3]);
          }
        });
    CopyException failure =
        catchThrowableOfType(
            CopyException.class,
            () ->
                provider.copy(
                    "s3://from/f",
                    "s3://to/f",
                    CopyOptions.defaults().withShape(BlobDimensionality.SINGLE)));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(s3.bytes("to", "f")).hasSize(3);
  }

  @Test
  @Rule("F21")
  void aCopyWhoseAnswerWasLostIsNoConflict() throws Exception {
    s3.putDirectly("from", "f", new byte[10]);
    s3.faults(FaultPlan.of(FaultRule.on(COPY_OBJECT).nth(1).gives(Fault.loseReply())));
    provider.copy(
        "s3://from/f", "s3://to/f", CopyOptions.defaults().withShape(BlobDimensionality.SINGLE));
    assertThat(s3.bytes("to", "f")).hasSize(10);
  }

  @Test
  void aStoreThatRefusesToCopyGetsTheBytes() throws Exception {
    for (int i = 0; i < 5; i++) {
      s3.putDirectly("from", "d/" + i, new byte[i + 1]);
    }
    s3.faults(
        FaultPlan.of(
            FaultRule.on(COPY_OBJECT).every(1).gives(Fault.status(501, "NotImplemented"))));
    TransferReport report = provider.copy("s3://from/d", "s3://to/d", OVERWRITE);
    assertThat(report.files()).isEqualTo(5);
    assertThat(report.notes()).noneMatch(note -> note.contains("by the store"));
    assertThat(s3.count(GET_OBJECT)).isEqualTo(5);
    assertThat(s3.keys("to")).hasSize(5);
  }

  @Test
  void anotherIdentityIsAnotherStore() throws Exception {
    settings.set("fs.s3a.bucket.from.access.key", "tester");
    settings.set("fs.s3a.bucket.from.secret.key", TestSecrets.S3_SECRET_KEY);
    settings.set("fs.s3a.bucket.from.endpoint.region", "eu-west-1");
    try (FileAccessProvider two = provider(Map.of())) {
      s3.putDirectly("from", "f", new byte[10]);
      two.copy("s3://from/f", "s3://to/f", SINGLE);
    }
    assertThat(s3.count(COPY_OBJECT)).isZero();
    assertThat(s3.bytes("to", "f")).hasSize(10);
  }
}
