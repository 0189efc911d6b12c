/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.TransferReport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What a run that died has published or begun without having noted it. */
class UnreceiptedTest {
  private static final int FILES = 12;
  private static final String JOURNAL = "to/._flyte_job_night_";
  private static final CopyOptions JOB = CopyOptions.defaults().withJobId("night");

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;
  private Path source;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider = Providers.on(s3, "b", temp.resolve("sandbox")).build();
    source = Files.createDirectory(temp.resolve("from"));
    for (int i = 0; i < FILES; i++) {
      Files.write(source.resolve("f" + i), new byte[] {(byte) i, 3});
    }
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private TransferReport copy(CopyOptions options) throws Exception {
    return provider.copy(source.toString(), "s3://b/to", options);
  }

  /** All but one file are published, and of none there is a receipt. */
  private void dieWithoutReceipts() {
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.PUT_OBJECT)
                .key(key -> key.endsWith("f5"))
                .gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> copy(JOB)).isInstanceOf(CopyException.class);
    s3.faults(FaultPlan.none());
    List<String> journal = s3.keys("b").stream().filter(key -> key.startsWith(JOURNAL)).toList();
    byte[] ended = s3.bytes("b", journal.get(journal.size() - 1));
    journal.subList(1, journal.size()).forEach(key -> s3.deleteDirectly("b", key));
    s3.putDirectly("b", JOURNAL + "000001", ended); // that the run is dead, and no receipt
    s3.resetRequests();
  }

  @Test
  @Rule("F49")
  void aFileWithTheBytesOfItsSourceCountsAsPublished() throws Exception {
    dieWithoutReceipts();
    TransferReport report = copy(JOB);
    assertThat(report.files()).isEqualTo(1);
    assertThat(report.skipped()).isEqualTo(FILES - 1);
    assertThat(s3.requests().stream().filter(r -> r.kind() == RequestKind.GET_OBJECT))
        .as("the etag is compared with the digest of the local file")
        .noneMatch(request -> request.key().startsWith("to/f"));
    assertThat(
            s3.requests().stream()
                .filter(r -> r.kind() == RequestKind.PUT_OBJECT && !r.key().contains("_flyte_")))
        .hasSize(1);
    assertThat(s3.keys("b")).hasSize(FILES);
  }

  @Test
  @Rule("F49")
  void aFileOfSomebodyElseIsNotReplaced() throws Exception {
    dieWithoutReceipts();
    s3.putDirectly("b", "to/f3", new byte[] {99, 99});
    assertThatThrownBy(() -> copy(JOB))
        .isInstanceOfSatisfying(
            CopyException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT))
        .hasMessageContaining("to/f3: it exists");
    assertThat(s3.bytes("b", "to/f3")).containsExactly(99, 99);
    assertThat(s3.keys("b")).doesNotContain("to/f5");
  }

  @Test
  @Rule("F49")
  void oneFileToo() throws Exception {
    CopyOptions single = JOB.withShape(BlobDimensionality.SINGLE);
    String from = source.resolve("f7").toString();
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.PUT_OBJECT)
                .key(key -> key.endsWith("f7"))
                .gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> provider.copy(from, "s3://b/to/f7", single))
        .isInstanceOf(CopyException.class);
    s3.faults(FaultPlan.none());
    s3.putDirectly("b", "to/f7", new byte[] {1, 1});
    assertThatThrownBy(() -> provider.copy(from, "s3://b/to/f7", single))
        .hasMessageContaining("it exists");
    s3.putDirectly("b", "to/f7", new byte[] {7, 3});
    assertThat(provider.copy(from, "s3://b/to/f7", single).skipped()).isEqualTo(1);
    assertThat(s3.keys("b")).containsExactly("to/f7");
  }

  @Test
  @Rule("F49")
  void uploadsOfOthersStay() throws Exception {
    try (S3Client other = client(s3.uri())) {
      begin(other, "to/f5"); // before this job began, to a file that it has to write
      Thread.sleep(1100); // stores say in whole seconds when a run began
      dieWithoutReceipts();
      begin(other, "to/of-another-job");
      begin(other, "to/f3"); // which is published, so this job writes it no more
      begin(other, "elsewhere");
      begin(other, "to/f5"); // as the killed run would have left it
      assertThat(s3.pendingUploads("b")).hasSize(5);
      copy(JOB);
    }
    assertThat(s3.pendingUploads("b"))
        .containsExactlyInAnyOrder("to/f5", "to/of-another-job", "to/f3", "elsewhere");
  }

  private static void begin(S3Client client, String key) {
    client.createMultipartUpload(upload -> upload.bucket("b").key(key));
  }

  private static S3Client client(URI server) {
    return S3Client.builder()
        .endpointOverride(server)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestSecrets.S3_ACCESS_KEY, TestSecrets.S3_SECRET_KEY)))
        .build();
  }
}
