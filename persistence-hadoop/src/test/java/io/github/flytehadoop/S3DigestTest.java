/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.GET_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.RawData;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Seekable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that change on their way down: the digest that S3 lists finds them, at no request. */
@Timeout(120)
class S3DigestTest {
  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final byte[] content = new byte[300_000];
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    new Random(8).nextBytes(content);
    s3.createBucket("b");
    provider = Providers.on(s3, "b", temp.resolve("sandbox")).build();
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private TransferReport get() throws Exception {
    return provider.getData("s3://b/d", temp.resolve("out"), BlobDimensionality.MULTIPART);
  }

  private Invariants.Findings found() throws Exception {
    return Invariants.ofSending(Map.of("f", content)).in(temp.resolve("out"));
  }

  @Test
  @Rule("F08")
  void aBitThatFlipsOnceIsReadAgain() throws Exception {
    s3.putDirectly("b", "d/f", content);
    FaultPlan plan =
        FaultPlan.of(FaultRule.on(GET_OBJECT).nth(1).gives(Corruption.flipDownloadedBit(234_567)));
    s3.faults(plan);
    TransferReport report = get();
    assertThat(plan.fired()).isEqualTo(1);
    found().afterSuccess(report);
    assertThat(s3.count(GET_OBJECT)).isEqualTo(2);
  }

  @Test
  @Rule("F08")
  void aBitThatIsAlwaysFlippedIsAnErrorAndNoFile() throws Exception {
    s3.putDirectly("b", "d/f", content);
    s3.faults(FaultPlan.of(FaultRule.on(GET_OBJECT).gives(Corruption.flipDownloadedBit(77))));
    TransferException failure = catchThrowableOfType(TransferException.class, this::get);
    assertThat(failure.kind()).isEqualTo(FailureKind.INTEGRITY);
    assertThat(failure).hasMessageContaining("s3://b/d/f").hasMessageContaining("MD5");
    found().afterFailure(failure);
    assertThat(temp.resolve("out")).isEmptyDirectory();
  }

  @Test
  @Rule("F08")
  void nothingIsAskedWhereAllIsWell() throws Exception {
    s3.putDirectly("b", "d/f", content);
    TransferReport report = get();
    found().afterSuccess(report);
    assertThat(s3.count(HEAD_OBJECT)).isZero();
    assertThat(s3.count(GET_OBJECT)).isEqualTo(1);
  }

  /** The etag of an object under a key of the user is no digest of its bytes. */
  @Test
  @Rule("F08")
  void encryptedObjectsAreNotMisjudged() throws Exception {
    Configuration keyed = new Configuration();
    keyed.set("fs.s3a.encryption.algorithm", "SSE-C");
    keyed.set("fs.s3a.encryption.key", Base64.getEncoder().encodeToString(new byte[32]));
    try (FileAccessProvider encrypting =
        Providers.on(s3, "b", temp.resolve("sandbox")).hadoopConfiguration(keyed).build()) {
      String uri = encrypting.putRawData(RawData.bytes(content)).uri();
      s3.faults(FaultPlan.of(FaultRule.on(GET_OBJECT).gives(Corruption.flipDownloadedBit(77))));
      encrypting.getData(uri, temp.resolve("back"));
      assertThat(temp.resolve("back")).hasSize(content.length);
    }
  }

  @Test
  void readersMayStillJump() throws Exception {
    s3.putDirectly("b", "d/f", content);
    try (InputStream in = provider.openRead("s3://b/d/f")) {
      ((Seekable) in).seek(299_999);
      assertThat(in.read()).isEqualTo(content[299_999] & 0xff);
      ((Seekable) in).seek(0);
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }
}
