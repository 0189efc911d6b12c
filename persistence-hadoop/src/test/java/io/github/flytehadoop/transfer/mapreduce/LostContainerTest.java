/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.config.AzureBlobStorageConfig;
import io.github.flytehadoop.config.DataConfig;
import io.github.flytehadoop.config.S3Config;
import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Mapper;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.SecretSearch;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.YarnCluster;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import io.github.flytehadoop.transfer.BlobDimensionality;
import io.github.flytehadoop.transfer.CopyOptions;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.Cluster;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mappers, which are processes in containers of YARN, that are lost in mid-file: of each job's two
 * one is killed, and the other stands still, is given up, and wakes up when all is over.
 */
@Timeout(300)
@RequireStores("mapreduce")
@Tag("cluster")
class LostContainerTest {
  private static final int MAPPERS = 2;
  private static final int PART = 5 << 20;
  private static final long PATIENCE_SECONDS = 200;

  /** So large that both mappers have parts of it. */
  private static final int SPLIT_PARTS = 12;

  /** One mapper sends it in parts. */
  private static final int WHOLE_PARTS = 3;

  private static final int SMALL = 4;

  /** With content, if everything is sent once. */
  private static final int REQUESTS = SPLIT_PARTS + WHOLE_PARTS + SMALL;

  private final YarnCluster yarn = YarnCluster.shared();
  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, byte[]> files = new HashMap<>();
  private Path temp;
  private String directory;
  private Configuration cluster;

  @BeforeEach
  void make() throws IOException {
    temp = TestDirectories.scratch("lost");
    s3.createBucket("bucket");
    directory = yarn.newDirectory();
    cluster = yarn.configuration();
    // else a part of a file in HDFS is 128 MiB
    cluster.set("dfs.blocksize", "1m");
    cluster.set("mapreduce.map.env", "JAVA_HOME=" + Mapper.javaThatOutlivesItsContainer());
    // a zombie does not look long for its master, which is gone
    cluster.set("ipc.client.connect.max.retries", "1");
    Random random = new Random(PART);
    put("split", (SPLIT_PARTS - 1) * PART + 3, random);
    put("whole", (WHOLE_PARTS - 1) * PART + 1, random);
    for (int i = 0; i < SMALL; i++) {
      put("small/" + i, 1000 + i, random);
    }
  }

  private void put(String name, int length, Random random) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    files.put(name, content);
  }

  @AfterEach
  void stop() {
    s3.close();
    TestDirectories.delete(temp);
  }

  private TransferReport copy(String source, String target, OnExisting existing)
      throws IOException {
    try (FileAccessProvider provider =
        FileAccessProvider.builder()
            .localSandboxDir(temp.resolve("sandbox"))
            .rawOutputPrefix(directory + "/raw")
            .hadoopConfiguration(cluster)
            .dataConfig(config())
            .engine(new MapReduceEngine(cluster))
            .build()) {
      return provider.copy(
          source,
          target,
          CopyOptions.defaults()
              .withEngine(Engine.MAPREDUCE)
              .withShape(BlobDimensionality.MULTIPART)
              .withOnExisting(existing)
              .withTasks(MAPPERS)
              .withLimits(TransferLimits.defaults().withPartSizeBytes(PART)));
    }
  }

  /** All secrets that a store of the plan can have, and one of another store. */
  private DataConfig config() {
    return DataConfig.builder()
        .s3(
            S3Config.builder()
                .endpoint(s3.uri().toString())
                .accessKeyId(TestSecrets.S3_ACCESS_KEY)
                .secretAccessKey(TestSecrets.S3_SECRET_KEY)
                .sessionToken(TestSecrets.SESSION_TOKEN)
                .build())
        .azure(
            AzureBlobStorageConfig.builder()
                .accountName("account")
                .accountKey(TestSecrets.AZURE_ACCOUNT_KEY)
                .build())
        .build();
  }

  /** Neither what a node shows of them, nor logs, nor the history of jobs. */
  private void assertNoSecretIsShown(Loss loss) throws IOException {
    SecretSearch search = SecretSearch.ofTests();
    assertThat(loss.visible).hasSize(MAPPERS);
    assertThat(loss.visible)
        .allMatch(text -> text.contains("YarnChild") && text.contains("mapreduce.job.name"))
        .allMatch(text -> search.in(text).isEmpty());
    assertThat(search.in(yarn.containerLogs())).isEmpty();
    try (FileSystem hdfs = yarn.newFileSystem()) {
      List<String> history = history(hdfs);
      assertThat(history).allMatch(text -> search.in(text).isEmpty());
      assertThat(history)
          .as("configurations in the history")
          .anyMatch(text -> text.contains("mapreduce.job.name"));
    }
  }

  /**
   * All files of the history, whose server moves them when a job is over: then they are read anew.
   */
  private static List<String> history(FileSystem hdfs) throws IOException {
    FileNotFoundException moved = null;
    for (int time = 0; time < 20; time++) {
      try {
        List<String> texts = new ArrayList<>();
        var all = hdfs.listFiles(new org.apache.hadoop.fs.Path("/staging"), true);
        while (all.hasNext()) {
          try (var in = hdfs.open(all.next().getPath())) {
            texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
        return texts;
      } catch (FileNotFoundException gone) {
        moved = gone;
      }
    }
    throw Objects.requireNonNull(moved);
  }

  /** What happens to the two mappers of one job. */
  private final class Loss {
    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Mapper> mappers = new CopyOnWriteArrayList<>();
    private final List<String> visible = new CopyOnWriteArrayList<>();

    /** Holds the first request of everything; when all are held, both mappers are in mid-file. */
    void happenAt(RequestKind... moving) {
      Set<RequestKind> held = Set.of(moving);
      s3.onRequest(
          (kind, ordinal) -> {
            int number = held.contains(kind) ? arrived.incrementAndGet() : Integer.MAX_VALUE;
            if (number == REQUESTS) {
              happen();
            }
            if (number <= REQUESTS) {
              awaitOver();
            }
          });
    }

    private void happen() {
      mappers.addAll(Mapper.running());
      mappers.sort(Comparator.comparing(Mapper::attempt));
      assertThat(mappers).hasSize(MAPPERS);
      TaskAttemptID asleep = TaskAttemptID.forName(mappers.get(1).attempt());
      try {
        for (Mapper mapper : mappers) {
          visible.add(mapper.visible());
        }
        mappers.get(0).kill();
        mappers.get(1).stop();
        new Cluster(cluster).getJob(asleep.getJobID()).killTask(asleep);
      } catch (IOException | InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }

    private void awaitOver() {
      try {
        assertThat(over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException ended) {
        throw new IllegalStateException(ended);
      }
    }

    /** Lets the second go on, carries out what both had sent, and returns when it has ended. */
    void awake() {
      over.countDown();
      Mapper zombie = mappers.get(1);
      assertThat(zombie.process().isAlive()).as("it was asleep all the time").isTrue();
      zombie.resume();
      zombie.process().onExit().join();
    }

    /** No process outlives the test. */
    void end() {
      over.countDown();
      mappers.forEach(mapper -> mapper.process().destroyForcibly());
    }
  }

  @Test
  @Rule({"F46", "F47", "F48"})
  void fromHdfsToS3OthersDoItAndZombiesChangeNothing() throws Exception {
    try (FileSystem hdfs = yarn.newFileSystem()) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        var path = new org.apache.hadoop.fs.Path(directory + "/from/" + file.getKey());
        try (var out = hdfs.create(path)) {
          out.write(file.getValue());
        }
      }
    }
    Loss loss = new Loss();
    loss.happenAt(RequestKind.UPLOAD_PART, RequestKind.PUT_OBJECT);
    try {
      TransferReport report = copy(directory + "/from", "s3://bucket/to", OnExisting.FAIL);

      Invariants sent = Invariants.ofSending(files);
      sent.in(s3, "bucket", "to/").afterSuccess(report);
      loss.awake();
      sent.in(s3, "bucket", "to/").afterSuccess(report);
      assertNoSecretIsShown(loss);
    } finally {
      loss.end();
    }
  }

  @Test
  @Rule({"F46", "F47", "F48"})
  void fromS3ToHdfsOthersDoItAndZombiesChangeNothing() throws Exception {
    files.forEach((name, content) -> s3.putDirectly("bucket", "from/" + name, content));
    Loss loss = new Loss();
    loss.happenAt(RequestKind.GET_OBJECT);
    String target = directory + "/to";
    try (FileSystem hdfs = yarn.newFileSystem()) {
      TransferReport report = copy("s3://bucket/from", target, OnExisting.OVERWRITE);

      Invariants sent = Invariants.ofSending(files);
      sent.in(hdfs, target).afterSuccess(report);
      loss.awake();
      sent.in(hdfs, target).afterSuccess(report);
    } finally {
      loss.end();
    }
  }
}
