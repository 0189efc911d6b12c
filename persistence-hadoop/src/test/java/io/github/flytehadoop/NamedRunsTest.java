/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.ScriptedLocalFileSystem;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs with a name, and what others do beside and between them. */
@Tag("slow")
class NamedRunsTest {
  private static final int FILES = 12;
  private static final CopyOptions JOB =
      CopyOptions.defaults().withOnExisting(OnExisting.OVERWRITE).withJobId("night");

  @TempDir Path temp;
  private final S3Endpoint s3 = S3Endpoint.start();
  private final MiniHdfs hdfs = MiniHdfs.shared();
  private FileAccessProvider provider;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("b");
    provider =
        Providers.on(s3, "b", temp.resolve("sandbox")).hadoopConfiguration(configuration()).build();
    for (int i = 0; i < FILES; i++) {
      s3.putDirectly("b", "from/f" + i, new byte[] {(byte) i});
    }
  }

  private Configuration configuration() {
    Configuration conf = hdfs.configuration();
    conf.setClass("fs.mirror.impl", ScriptedLocalFileSystem.class, FileSystem.class);
    return conf;
  }

  @AfterEach
  void stop() {
    provider.close();
    s3.close();
  }

  private TransferReport copy() throws Exception {
    return provider.copy("s3://b/from", "s3://b/to", JOB);
  }

  private static FaultPlan denied(String end, RequestKind... kinds) {
    return FaultPlan.of(
        FaultRule.on(kinds).key(key -> key.endsWith(end)).gives(Fault.status(403, "AccessDenied")));
  }

  /** Where the files go. */
  enum Target {
    S3,
    HDFS,
    LOCAL
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  @Rule("F75")
  void newerForeignFileIsNotCountedToTheEarlierRun(Target target) throws Exception {
    String to =
        switch (target) {
          case S3 -> "s3://b/to";
          case HDFS -> hdfs.newDirectory() + "/to";
          case LOCAL -> temp.resolve("to").toString();
        };
    s3.faults(denied("f5", RequestKind.GET_OBJECT, RequestKind.COPY_OBJECT));
    assertThatThrownBy(() -> provider.copy("s3://b/from", to, JOB))
        .isInstanceOf(CopyException.class);
    s3.faults(FaultPlan.none());
    put(target, to);
    TransferReport report = provider.copy("s3://b/from", to, JOB);
    assertThat(read(to + "/f3")).containsExactly(3);
    assertThat(report.files()).as("that one, and the one that was missing").isEqualTo(2);
    assertThat(report.skipped()).isEqualTo(FILES - 2);
  }

  /** As long as what it replaces. */
  private void put(Target target, String to) throws Exception {
    switch (target) {
      case S3 -> s3.putDirectly("b", "to/f3", new byte[] {99});
      case LOCAL -> Files.write(Path.of(to, "f3"), new byte[] {99});
      case HDFS -> {
        try (FileSystem fileSystem = hdfs.newFileSystem();
            var out = fileSystem.create(new org.apache.hadoop.fs.Path(to, "f3"), true)) {
          out.write(99);
        }
      }
    }
  }

  private byte[] read(String uri) throws Exception {
    try (var in = provider.openRead(uri)) {
      return in.readAllBytes();
    }
  }

  @Test
  @Rule({"F80", "F51"})
  void ofTwoRunsOfOneNameTheSecondIsRefused() throws Exception {
    Path from = Files.createDirectory(temp.resolve("from"));
    for (int i = 0; i < FILES; i++) {
      Files.write(from.resolve("f" + i), new byte[] {(byte) i});
    }
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ScriptedLocalFileSystem.script(
        path -> {
          if (path.getName().equals("f7")) {
            reached.countDown();
            await(goOn);
          }
        });
    String source = "mirror://disk" + from;
    String target = temp.resolve("out/to").toString();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<TransferReport> first = other.submit(() -> provider.copy(source, target, JOB));
      await(reached);
      assertThatThrownBy(() -> provider.copy(source, target, JOB))
          .isInstanceOfSatisfying(
              CopyException.class,
              refused -> assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT))
          .hasMessageContaining("goes on, in process " + ProcessHandle.current().pid());
      assertThat(temp.resolve("out/._flyte_job_night_000000")).as("of the first").exists();
      goOn.countDown();
      assertThat(first.get().files()).isEqualTo(FILES);
    } finally {
      goOn.countDown();
      other.shutdownNow();
      ScriptedLocalFileSystem.heal();
    }
    try (var left = Files.list(temp.resolve("out"))) {
      assertThat(left).containsExactly(Path.of(target));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Rule("F78")
  void aRightThatIsOnlyNeededToCleanUpIsANote() throws Exception {
    s3.faults(denied("f5", RequestKind.PUT_OBJECT, RequestKind.COPY_OBJECT));
    assertThatThrownBy(this::copy).isInstanceOf(CopyException.class);
    s3.faults(
        FaultPlan.of(
            FaultRule.on(
                    RequestKind.LIST_MULTIPART,
                    RequestKind.DELETE_OBJECTS,
                    RequestKind.DELETE_OBJECT)
                .gives(Fault.status(403, "AccessDenied"))));
    TransferReport report = copy();
    assertThat(report.files() + report.skipped()).isEqualTo(FILES);
    assertThat(report.notes().toString())
        .contains("half done was not looked for")
        .contains("The journal of this job was not removed");
    s3.faults(FaultPlan.none());
    assertThat(copy().skipped()).as("the next run goes on").isEqualTo(FILES);
    assertThat(s3.keys("b")).hasSize(2 * FILES);
  }

  @Test
  @Rule("F78")
  void aJournalThatMayNotBeLookedUpIsANote() throws Exception {
    s3.faults(denied("f5", RequestKind.GET_OBJECT, RequestKind.COPY_OBJECT));
    assertThatThrownBy(this::copy).isInstanceOf(CopyException.class);
    List<String> before = journal();
    s3.faults(
        FaultPlan.of(
            FaultRule.on(RequestKind.HEAD_OBJECT)
                .key(key -> key.contains("_flyte_job_"))
                .gives(Fault.status(403, "AccessDenied"))));
    TransferReport report = copy();
    assertThat(report.files()).isEqualTo(FILES);
    assertThat(report.notes().toString())
        .contains("Whether an earlier run of this name has stopped could not be seen");
    assertThat(journal()).as("of a run that may go on").isNotEmpty().isEqualTo(before);
  }

  /** As a bucket answers whose keys may be read and written, but not listed. */
  @Test
  @Rule("F78")
  void aStoreThatDeniesWhatIsNotThereGoesOnAllTheSame() throws Exception {
    Fault forbidden = Fault.status(403, "AccessDenied");
    FaultRule absent =
        FaultRule.on(RequestKind.HEAD_OBJECT)
            .key(key -> key.contains("_flyte_job_") && !s3.keys("b").contains(key))
            .gives(forbidden);
    s3.faults(
        FaultPlan.of(
            absent,
            FaultRule.on(RequestKind.GET_OBJECT, RequestKind.COPY_OBJECT)
                .key(key -> key.endsWith("f5"))
                .gives(forbidden)));
    assertThatThrownBy(this::copy).isInstanceOf(CopyException.class);
    s3.faults(FaultPlan.of(absent));
    TransferReport report = copy();
    assertThat(report.files()).isEqualTo(1);
    assertThat(report.skipped()).isEqualTo(FILES - 1);
    assertThat(journal()).isEmpty();
  }

  private List<String> journal() {
    return s3.keys("b").stream().filter(key -> key.contains("_flyte_job_")).toList();
  }

  @Test
  @Rule("F79")
  void namesThatOnlyBeginLikeOursAreCopiedAndOthersCounted() throws Exception {
    s3.putDirectly("b", "from/._flyte_tmp_notes", new byte[1]);
    s3.putDirectly("b", "from/d/._flyte_job_report", new byte[1]);
    s3.putDirectly("b", "from/._flyte_tmp_0123456789abcdef", new byte[1]);
    TransferReport report = copy();
    assertThat(s3.keys("b"))
        .contains("to/._flyte_tmp_notes", "to/d/._flyte_job_report")
        .doesNotContain("to/._flyte_tmp_0123456789abcdef");
    assertThat(report.notes().toString()).contains("1 entries of the source were left out");
  }
}
