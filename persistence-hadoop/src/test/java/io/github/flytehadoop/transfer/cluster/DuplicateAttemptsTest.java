/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.hadoop.AnonymousAccess;
import io.github.flytehadoop.hadoop.FileSystems;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.registry.StoreRegistry;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Corruption;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.plan.TransferPlanner;
import io.github.flytehadoop.transfer.receipt.ReceiptAudit;
import io.github.flytehadoop.transfer.resume.LeftoverCleanup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two attempts at everything, at once, and a third after the end: real workers and real stores,
 * with what an engine does when it speculates and loses sight of a worker.
 */
@Tag("slow")
class DuplicateAttemptsTest {
  private static final int PART = 5 << 20;
  private static final int SMALL = 12;
  private static final TransferLimits LIMITS = TransferLimits.defaults().withPartSizeBytes(PART);

  private final MiniHdfs hdfs = MiniHdfs.shared();
  private final S3Endpoint s3 = S3Endpoint.start();
  private final ExecutorService attempts = Executors.newFixedThreadPool(2);
  private final byte[] large = new byte[3 * PART + 11];
  private FileSystems fileSystems;
  private StoreRegistry registry;
  private String directory;

  @BeforeEach
  void start() throws Exception {
    s3.createBucket("from");
    s3.createBucket("to");
    new Random(1).nextBytes(large);
    s3.putDirectly("from", "large", large);
    for (int i = 0; i < SMALL; i++) {
      s3.putDirectly("from", "small-" + i, new byte[] {(byte) i});
    }
    directory = hdfs.newDirectory();
    Configuration conf = hdfs.configuration();
    conf.set("fs.s3a.bucket.from.endpoint.region", "eu-west-1");
    fileSystems = new FileSystems(Providers.config(s3.uri(), "key", "secret"), conf, Map.of());
    registry = new StoreRegistry(fileSystems, AnonymousAccess.NEVER, PART);
  }

  @AfterEach
  void stop() {
    attempts.shutdownNow();
    fileSystems.close();
    s3.close();
  }

  /** Where the files go. */
  enum Target {
    HDFS,
    S3
  }

  private String target(Target target) {
    return target == Target.S3 ? "s3://to/d" : directory + "/d";
  }

  private TransferPlan plan(Target target, OnExisting onExisting) throws IOException {
    List<TransferItem> items = new ArrayList<>();
    for (String key : s3.keys("from")) {
      Location source = Location.parse("s3://from/" + key);
      Location to = Location.parse(target(target) + "/" + key);
      items.add(TransferPlanner.item(items.size(), source, to, registry.of(source).stat(source)));
    }
    return new TransferPlan("job-" + target + onExisting, items, List.of(), Map.of(), onExisting);
  }

  private List<Receipt> attempt(WorkOrder order, List<TransferItem> items, String name)
      throws IOException {
    try (WorkerSession session = new WorkerSession(order, hdfs.configuration(), name)) {
      return session.run(items, new ProgressListener() {}, new Cancellation());
    }
  }

  private List<Receipt> twice(WorkOrder order, List<TransferItem> items) throws IOException {
    List<Callable<List<Receipt>>> both =
        List.of(() -> attempt(order, items, "one"), () -> attempt(order, items, "other"));
    List<Receipt> receipts = new ArrayList<>();
    try {
      for (Future<List<Receipt>> done : attempts.invokeAll(both)) {
        receipts.addAll(done.get());
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
      throw new IOException(failure);
    }
    return receipts;
  }

  private byte[] content(Target target, String key) throws IOException {
    if (target == Target.S3) {
      return s3.bytes("to", "d/" + key);
    }
    try (FileSystem fileSystem = hdfs.newFileSystem();
        var in = fileSystem.open(new Path(directory + "/d/" + key))) {
      return in.readAllBytes();
    }
  }

  private void allIsThereOnce(Target target) throws IOException {
    assertThat(content(target, "large")).isEqualTo(large);
    for (int i = 0; i < SMALL; i++) {
      assertThat(content(target, "small-" + i)).containsExactly(i);
    }
    if (target == Target.S3) {
      assertThat(s3.keys("to")).hasSize(SMALL + 1);
      assertThat(s3.pendingUploads("to")).isEmpty();
    } else {
      assertThat(hdfs.names(directory + "/d")).hasSize(SMALL + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  @Rule({"F47", "F48"})
  void twoAttemptsAtOnceAndOneAfterTheEndAreOneCopy(Target target) throws Exception {
    for (OnExisting onExisting : List.of(OnExisting.FAIL, OnExisting.OVERWRITE)) {
      TransferPlan plan = plan(target, onExisting);
      EngineContext context =
          new EngineContext(registry, LIMITS, new ProgressListener() {}, new Cancellation());
      WorkOrder order = WorkOrder.of(plan, context);
      List<TransferItem> given = new ArrayList<>();
      Collection<Receipt> receipts =
          DistributedRun.run(
              plan,
              context,
              4,
              (sliced, arrivals) -> {
                sliced.items().forEach(given::add);
                return twice(order, given);
              });
      assertThat(given).as("the large file is split").hasSizeGreaterThan(SMALL + 1);
      ReceiptAudit outcome = ReceiptAudit.of(plan, receipts);
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.files()).isEqualTo(SMALL + 1);
      assertThat(outcome.bytes()).isEqualTo(large.length + SMALL);
      allIsThereOnce(target);

      List<Receipt> late = attempt(order, given, "zombie");
      assertThat(late).filteredOn(receipt -> !receipt.parts().isEmpty()).isEmpty();
      allIsThereOnce(target);
      if (onExisting == OnExisting.FAIL) {
        clear(target);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  @Rule("F48")
  void anAttemptThatOutlivesAnAbortedJobLeavesNoPart(Target target) throws Exception {
    TransferPlan plan = plan(target, OnExisting.OVERWRITE);
    EngineContext context =
        new EngineContext(registry, LIMITS, new ProgressListener() {}, new Cancellation());
    WorkOrder order = WorkOrder.of(plan, context);
    List<TransferItem> slices = new ArrayList<>();
    try {
      DistributedRun.run(
          plan,
          context,
          4,
          (sliced, arrivals) -> {
            sliced.items().stream().filter(item -> item.slice() != null).forEach(slices::add);
            attempt(order, slices.subList(0, 2), "one");
            throw new IOException("the cluster is gone");
          });
    } catch (IOException gone) {
      assertThat(gone).hasMessageContaining("gone");
    }
    attempt(order, slices, "zombie");
    assertThat(s3.keys("to")).isEmpty();
    assertThat(s3.pendingUploads("to")).isEmpty();
    if (target == Target.HDFS) {
      assertThat(hdfs.names(directory + "/d")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  @Rule({"F73", "F32"})
  void anotherFileOfTheSameLengthIsNotTakenForOurs(Target target) throws Exception {
    TransferPlan plan = plan(target, OnExisting.FAIL);
    WorkOrder order =
        WorkOrder.of(
            plan,
            new EngineContext(registry, LIMITS, new ProgressListener() {}, new Cancellation()));
    List<TransferItem> item =
        plan.items().stream().filter(one -> one.source().endsWith("small-3")).toList();
    if (target == Target.S3) {
      s3.putDirectly("to", "d/small-3", new byte[] {99});
    } else {
      try (FileSystem fileSystem = hdfs.newFileSystem();
          var out = fileSystem.create(new Path(directory + "/d/small-3"))) {
        out.write(99);
      }
    }
    List<Receipt> receipts = attempt(order, item, "one");
    assertThat(receipts).hasSize(1);
    assertThat(receipts.get(0).failure()).isNotNull();
    assertThat(receipts.get(0).failure().kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(content(target, "small-3")).containsExactly(99);
  }

  @ParameterizedTest
  @ValueSource(ints = {-3600, 0, 3600})
  @Rule({"F73", "F59"})
  void aClockThatIsWrongMakesOursNoConflict(int aheadSeconds) throws Exception {
    otherClock(aheadSeconds);
    TransferPlan plan = plan(Target.S3, OnExisting.FAIL);
    WorkOrder order = WorkOrder.of(plan, context());
    List<TransferItem> item =
        plan.items().stream().filter(one -> one.source().endsWith("small-3")).toList();
    assertThat(attempt(order, item, "one").get(0).failure()).isNull();
    assertThat(attempt(order, item, "other").get(0).failure()).isNull();
    assertThat(content(Target.S3, "small-3")).containsExactly(3);
  }

  /** Of uploads that nobody finishes, to a file of the plan: one before the run, one in it. */
  @ParameterizedTest
  @ValueSource(ints = {-3600, 0, 3600})
  @Rule({"F73", "F59"})
  void theClockOfTheStoreTellsWhatALostAttemptHasBegun(int aheadSeconds) throws Exception {
    otherClock(aheadSeconds);
    TransferPlan plan = plan(Target.S3, OnExisting.OVERWRITE);
    Location file = Location.parse("s3://to/d/large");
    begin(file);
    Thread.sleep(2100); // uploads have times of whole seconds
    long begun = System.nanoTime();
    begin(file);
    begin(Location.parse("s3://to/d/of-another-program"));
    assertThat(s3.pendingUploads("to")).hasSize(3);
    LeftoverCleanup.ofLostAttempts(plan, context(), begun);
    assertThat(s3.pendingUploads("to"))
        .containsExactlyInAnyOrder("d/large", "d/of-another-program");
    assertThat(s3.keys("to")).as("of the look at the clock").isEmpty();
  }

  private void otherClock(int aheadSeconds) {
    s3.faults(
        FaultPlan.of(
            FaultRule.on().from(1).gives(Corruption.otherClock(Duration.ofSeconds(aheadSeconds)))));
  }

  private void begin(Location file) throws IOException {
    WriteOptions options = WriteOptions.ofLength(large.length);
    assertThat(((MultipartStore) registry.of(file)).startParts(file, options, PART)).isNotNull();
  }

  private EngineContext context() {
    return new EngineContext(registry, LIMITS, new ProgressListener() {}, new Cancellation());
  }

  private void clear(Target target) throws IOException {
    Location all = Location.parse(target(target));
    registry.of(all).delete(all, registry.of(all).stat(all));
  }
}
