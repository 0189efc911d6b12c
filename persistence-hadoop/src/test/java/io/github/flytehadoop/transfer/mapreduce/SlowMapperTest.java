/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Mapper;
import io.github.flytehadoop.testkit.Providers;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.Signals;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.YarnCluster;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A mapper that runs for one part in a hundred of the time: YARN's speculation, which is on unless
 * a cluster turns it off, begins its bin anew. Prints what it costs.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@RequireStores("mapreduce")
@EnabledIfSystemProperty(
    named = "test.size",
    matches = "full",
    disabledReason = "it measures wall times, which takes minutes: -Dtest.size=full runs it")
@Tag("cluster")
class SlowMapperTest {
  private static final int MAPPERS = 4;
  private static final int BYTES = 512 << 20;
  private static final int PART_BYTES = 8 << 20;
  private static final int PARTS_IN_FLIGHT = 4;
  private static final long BYTES_PER_SECOND_AND_CONNECTION = 2L << 20;

  private final YarnCluster yarn = YarnCluster.shared();
  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, byte[]> files = new HashMap<>();
  private Path temp;
  private String directory;

  @BeforeEach
  void make() throws IOException {
    temp = TestDirectories.scratch("slow");
    s3.createBucket("bucket");
    s3.connectionBandwidth(BYTES_PER_SECOND_AND_CONNECTION);
    directory = yarn.newDirectory();
  }

  @AfterEach
  void stop() {
    s3.close();
    TestDirectories.delete(temp);
  }

  private void plant(int number) throws IOException {
    Random random = new Random(number);
    try (FileSystem hdfs = yarn.newFileSystem()) {
      for (int i = 0; i < number; i++) {
        byte[] content = new byte[BYTES / number];
        random.nextBytes(content);
        files.put("file" + i, content);
        try (var out = hdfs.create(new org.apache.hadoop.fs.Path(directory + "/from/file" + i))) {
          out.write(content);
        }
      }
    }
  }

  private TransferReport copy(String target) throws IOException {
    Configuration cluster = yarn.configuration();
    cluster.setInt("mapreduce.job.maps", MAPPERS);
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(directory + "/raw")
            .hadoopConfiguration(cluster)
            .dataConfig(Providers.config(s3.uri(), "key", TestSecrets.S3_SECRET_KEY))
            .engine(new MapReduceEngine(cluster))
            .build()) {
      return provider.copy(
          directory + "/from",
          target,
          CopyOptions.defaults()
              .withEngine(Engine.MAPREDUCE)
              .withShape(BlobDimensionality.MULTIPART)
              .withLimits(
                  TransferLimits.defaults()
                      .withPartsInFlight(PARTS_IN_FLIGHT)
                      .withFilesInFlight(PARTS_IN_FLIGHT)
                      .withPartSizeBytes(PART_BYTES)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {BYTES / PART_BYTES, 1})
  @Rule("F52")
  void oneThatIsAHundredTimesSlowerIsOvertaken(int number) throws Exception {
    plant(number);
    double all = seconds(copy("s3://bucket/all"));
    int once = sent();
    s3.keys("bucket").forEach(key -> s3.deleteDirectly("bucket", key));
    s3.resetRequests();
    AtomicBoolean first = new AtomicBoolean(true);
    List<Signals.Slowed> slowed = new CopyOnWriteArrayList<>();
    s3.onRequest(
        (kind, ordinal) -> {
          boolean sends = kind == RequestKind.PUT_OBJECT || kind == RequestKind.UPLOAD_PART;
          if (sends && first.getAndSet(false)) {
            slowed.add(new Signals.Slowed(Mapper.running().get(0).process()));
          }
        });
    TransferReport report;
    try {
      report = copy("s3://bucket/slow");
    } finally {
      for (Signals.Slowed one : slowed) {
        one.close();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d files, %d MiB, %d mappers at a time: %.1f s;"
            + " with one at 1 %% of its speed %.1f s, ratio %.2f%n",
        number,
        BYTES >> 20,
        MAPPERS,
        all,
        seconds(report),
        seconds(report) / all);
    assertThat(slowed).hasSize(1);
    assertThat(sent()).as("two attempts").isGreaterThan(once);
    Invariants.ofSending(files).in(s3, "bucket", "slow/").afterSuccess(report);
    assertThat(report.files()).isEqualTo(number);
    assertThat(report.bytes()).isEqualTo(BYTES);
  }

  private int sent() {
    return s3.count(RequestKind.PUT_OBJECT) + s3.count(RequestKind.UPLOAD_PART);
  }

  private static double seconds(TransferReport report) {
    return report.elapsed().toMillis() / 1000.0;
  }
}
