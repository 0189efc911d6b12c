/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static io.github.flytehadoop.testkit.s3.RequestKind.COPY_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.DELETE_OBJECTS;
import static io.github.flytehadoop.testkit.s3.RequestKind.HEAD_OBJECT;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST;
import static io.github.flytehadoop.testkit.s3.RequestKind.LIST_MULTIPART;
import static io.github.flytehadoop.testkit.s3.RequestKind.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Depth;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run with a name goes on where an earlier one of that name stopped. */
class ResumeTest {
  private static final int FILES = 40;
  private static final Set<RequestKind> COPIES = Set.of(PUT_OBJECT, COPY_OBJECT);
  private static final CopyOptions JOB =
      CopyOptions.defaults().withOnExisting(OnExisting.OVERWRITE).withJobId("night-1");
  private static final String JOURNAL = "to/._flyte_job_night-1_000000";

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider = Providers.on(s3, "b", temp.resolve("sandbox")).build();
    for (int i = 0; i < FILES; i++) {
      s3.putDirectly("b", "from/d" + i % 3 + "/" + i, new byte[] {(byte) i});
    }
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private TransferReport copy(CopyOptions options) throws Exception {
    return provider.copy("s3://b/from", "s3://b/to", options);
  }

  /** Some files arrive, the others are refused. */
  private void stopInTheMiddle(CopyOptions options) {
    s3.faults(
        FaultPlan.of(
            FaultRule.on(PUT_OBJECT, COPY_OBJECT)
                .key(key -> key.endsWith("5"))
                .gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> copy(options)).isInstanceOf(CopyException.class);
    s3.faults(FaultPlan.none());
    s3.resetRequests();
  }

  private void assertWhole() {
    List<String> expected = new ArrayList<>();
    for (String key : s3.keys("b")) {
      if (key.startsWith("from/")) {
        String twin = "to/" + key.substring(5);
        expected.add(twin);
        assertThat(s3.bytes("b", twin)).isEqualTo(s3.bytes("b", key));
      }
    }
    assertThat(s3.keys("b").stream().filter(key -> key.startsWith("to/")))
        .containsExactlyElementsOf(expected);
    assertThat(s3.pendingUploads("b")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OnExisting.class)
  @Rule("F49")
  void onlyWhatIsMissingIsCopied(OnExisting onExisting) throws Exception {
    CopyOptions options = JOB.withOnExisting(onExisting);
    stopInTheMiddle(options);
    assertThat(s3.keys("b")).contains(JOURNAL);
    try (var listed = provider.list("s3://b/to", Depth.TREE)) {
      assertThat(listed).noneMatch(file -> file.uri().contains("_flyte_"));
    }
    s3.resetRequests();
    TransferReport report = copy(options);
    assertThat(report.files()).isEqualTo(4);
    assertThat(report.skipped()).isEqualTo(FILES - 4);
    assertThat(report.notes().toString()).contains((FILES - 4) + " files were there from an earl");
    assertThat(
            s3.requests().stream()
                .filter(r -> COPIES.contains(r.kind()) && !r.key().contains("_flyte_job_")))
        .hasSize(4);
    assertWhole();
  }

  @Test
  void aJournalCostsAHandfulOfRequests() throws Exception {
    s3.resetRequests();
    copy(JOB);
    assertThat(s3.count(PUT_OBJECT) + s3.count(COPY_OBJECT)).isLessThanOrEqualTo(FILES + 2);
    assertThat(s3.count(HEAD_OBJECT)).isEqualTo(1);
    assertThat(s3.count(LIST)).as("the source, and that there is no journal").isEqualTo(2);
    assertThat(s3.count(DELETE_OBJECTS) + s3.count(RequestKind.DELETE_OBJECT)).isEqualTo(1);
    assertThat(s3.count(LIST_MULTIPART)).isZero();
    assertWhole();
  }

  @Test
  void aSourceThatChangedIsCopiedAgain() throws Exception {
    stopInTheMiddle(JOB);
    s3.putDirectly("b", "from/d0/0", new byte[] {77});
    assertThat(copy(JOB).files()).isEqualTo(5);
    assertWhole();
  }

  @Test
  void aTargetThatWasReplacedIsCopiedAgain() throws Exception {
    stopInTheMiddle(JOB);
    s3.putDirectly("b", "to/d0/0", new byte[] {7, 8});
    s3.deleteDirectly("b", "to/d1/1");
    assertThat(copy(JOB).files()).isEqualTo(6);
    assertWhole();
  }

  @Test
  @Rule("F51")
  void theJournalOfAnotherCopyIsRefused() {
    stopInTheMiddle(JOB);
    s3.putDirectly("b", "other/x", new byte[1]);
    List<String> before = s3.keys("b");
    assertThatThrownBy(() -> provider.copy("s3://b/other", "s3://b/to", JOB))
        .isInstanceOfSatisfying(
            TransferException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT))
        .hasMessageContaining("s3://b/from");
    assertThatThrownBy(() -> copy(JOB.withExclude("d1/**")))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("OVERWRITE");
    assertThat(s3.keys("b")).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 20, -1})
  @Rule("F57")
  void aDamagedJournalIsRefused(int keep) {
    stopInTheMiddle(JOB);
    byte[] whole = s3.bytes("b", JOURNAL);
    byte[] damaged = Arrays.copyOf(whole, keep < 0 ? whole.length : keep);
    if (keep < 0) {
      damaged[whole.length / 2] ^= 4;
    }
    s3.putDirectly("b", JOURNAL, damaged);
    assertThatThrownBy(() -> copy(JOB))
        .isInstanceOfSatisfying(
            TransferException.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.INTEGRITY))
        .hasMessageContaining(JOURNAL)
        .hasMessageContaining("Remove it");
  }

  @Test
  @Rule("F57")
  void theFilesOfADamagedBatchAreCopiedAgain() throws Exception {
    stopInTheMiddle(JOB);
    String batch = JOURNAL.replace("000000", "000001");
    byte[] damaged = s3.bytes("b", batch);
    damaged[damaged.length / 2] ^= 1;
    s3.putDirectly("b", batch, damaged);
    TransferReport report = copy(JOB);
    assertThat(report.files()).as("there may be more than one batch").isGreaterThan(4);
    assertThat(report.notes().toString()).contains("1 files of the journal were damaged");
    assertWhole();
  }

  @Test
  void aDownloadGoesOnToo() throws Exception {
    Path local = temp.resolve("out/tree");
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.GET_OBJECT)
                .key(key -> key.endsWith("5"))
                .gives(Fault.status(403, "AccessDenied"))));
    assertThatThrownBy(() -> provider.copy("s3://b/from", local.toString(), JOB))
        .isInstanceOf(CopyException.class);
    s3.faults(FaultPlan.none());
    assertThat(provider.copy("s3://b/from", local.toString(), JOB).files()).isEqualTo(4);
    try (Stream<Path> beside = Files.list(temp.resolve("out"))) {
      assertThat(beside).containsExactly(local);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "../x", "a\\b", ".hidden", "a b", "a\nb", "ü"})
  @Rule("B83")
  void aJobIdIsNoPath(String id) {
    assertThatThrownBy(() -> CopyOptions.defaults().withJobId(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("job id");
  }
}
