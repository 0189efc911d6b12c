/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.KilledProgram;
import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.YarnCluster;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The driver of a copy by MapReduce is killed; the same command once more does what is missing. */
@Tag("cluster")
class ResumeMapReduceTest {
  private static final int FILES = 40;
  private static final int BINS = 4;
  private static final int PART = 5 << 20;
  private static final String OWN_RUNNER = "local";

  private final S3Endpoint s3 = S3Endpoint.start();
  private final Map<String, byte[]> files = new HashMap<>();

  @BeforeEach
  void plant() {
    s3.createBucket("from");
    s3.createBucket("to");
    for (int i = 0; i < FILES; i++) {
      plant("d" + i % 3 + "/" + i, new byte[] {(byte) i, 1});
    }
  }

  private void plant(String path, byte[] content) {
    files.put(path, content);
    s3.putDirectly("from", "x/" + path, content);
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private static List<String> command(Map<String, String> hadoop, String target) {
    return command(hadoop, "s3://from/x", target);
  }

  private static List<String> command(Map<String, String> hadoop, String source, String target) {
    List<String> words = new ArrayList<>(List.of("-q"));
    hadoop.forEach((key, value) -> words.addAll(List.of("-D", key + "=" + value)));
    words.addAll(List.of("cp", "-r", "--engine", "mapreduce", "--tasks", String.valueOf(BINS)));
    words.addAll(List.of("--job-id", "night", "--overwrite", "--part-size", "5MiB"));
    words.addAll(List.of(source, target));
    return words;
  }

  private static Map<String, String> inThisJvm(String dir) {
    Map<String, String> conf = new HashMap<>();
    conf.put("fs.defaultFS", MiniHdfs.shared().uri().toString());
    conf.put("mapreduce.framework.name", OWN_RUNNER);
    conf.put("hadoop.tmp.dir", dir);
    conf.put("dfs.replication", "1");
    conf.put("dfs.blocksize", "1048576");
    return conf;
  }

  /** Starts it, and kills it at the n-th request of a kind, which is carried out all the same. */
  private void killAt(RequestKind kind, int number, List<String> command) throws Exception {
    List<String> java = new ArrayList<>(List.of(FlyteData.class.getName()));
    java.addAll(command);
    CompletableFuture<KilledProgram> program = new CompletableFuture<>();
    AtomicInteger ofThatKind = new AtomicInteger();
    s3.onRequest(
        (arrived, ordinal) -> {
          if (arrived == kind && ofThatKind.incrementAndGet() == number) {
            program.join().kill();
          }
        });
    program.complete(KilledProgram.start(Outcome.s3(s3), java));
    program.join().awaitKill();
    s3.onRequest((any, ordinal) -> {});
  }

  private void finish(List<String> command) {
    Outcome outcome = Outcome.of(Outcome.s3(s3), command.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private int copies() {
    return (int)
        s3.requests().stream()
            .filter(r -> r.kind() == RequestKind.COPY_OBJECT || r.kind() == RequestKind.PUT_OBJECT)
            .filter(r -> !r.key().contains("_flyte_job_"))
            .count();
  }

  private void assertWhole() {
    assertThat(s3.keys("to"))
        .containsExactlyInAnyOrderElementsOf(files.keySet().stream().map(p -> "y/" + p).toList());
    files.forEach((path, content) -> assertThat(s3.bytes("to", "y/" + path)).isEqualTo(content));
    assertThat(s3.pendingUploads("to")).isEmpty();
  }

  private static void assertNothingStaged(Configuration conf) throws Exception {
    try (FileSystem cluster = FileSystem.newInstance(conf)) {
      String staging = conf.get("yarn.app.mapreduce.am.staging-dir", "/tmp/hadoop-yarn/staging");
      String copies = "/" + System.getProperty("user.name") + "/.staging/flyte-copy";
      assertThat(cluster.listStatus(new Path(staging + copies))).isEmpty();
    }
  }

  @Test
  @Rule({"F49", "F50"})
  void filesOfACommittedTaskAreNotMovedAgain() throws Exception {
    List<String> command = command(inThisJvm(tmp()), "s3://to/y");
    killAt(RequestKind.COPY_OBJECT, 25, command);
    s3.resetRequests();
    finish(command);
    assertThat(copies()).as("tasks run one after the other: two had ended").isEqualTo(FILES / 2);
    assertWhole();
    assertNothingStaged(MiniHdfs.shared().configuration());
  }

  @Test
  @Rule({"F49", "F50"})
  void aSplitFileLeavesNothing() throws Exception {
    plant("large", new byte[3 * PART + 7]);
    String target = MiniHdfs.shared().newDirectory() + "/y";
    List<String> command = command(inThisJvm(tmp()), target);
    killAt(RequestKind.GET_OBJECT, 3, command);
    finish(command);
    assertThat(MiniHdfs.shared().fileNames(target)).hasSize(FILES + 1);
    assertThat(MiniHdfs.shared().names(target)).noneMatch(name -> name.contains("_flyte_"));
    assertNothingStaged(MiniHdfs.shared().configuration());
  }

  @Test
  @Rule({"F49", "F50"})
  void theUploadOfASplitFileIsGivenUpAndSentAgain() throws Exception {
    byte[] large = new byte[3 * PART + 7];
    new Random(5).nextBytes(large);
    String source = MiniHdfs.shared().newDirectory() + "/large";
    try (FileSystem hdfs = MiniHdfs.shared().newFileSystem();
        var out = hdfs.create(new Path(source))) {
      out.write(large);
    }
    List<String> command = new ArrayList<>(command(inThisJvm(tmp()), source, "s3://to/y"));
    command.remove("-r");
    killAt(RequestKind.UPLOAD_PART, 2, command);
    assertThat(s3.pendingUploads("to")).containsExactly("y");
    s3.resetRequests();
    finish(command);
    assertThat(s3.pendingUploads("to")).isEmpty();
    assertThat(s3.count(RequestKind.UPLOAD_PART)).as("a new upload").isEqualTo(4);
    assertThat(s3.count(RequestKind.ABORT_MULTIPART)).isEqualTo(1);
    assertThat(s3.keys("to")).containsExactly("y");
    assertThat(s3.bytes("to", "y")).isEqualTo(large);
    assertNothingStaged(MiniHdfs.shared().configuration());
  }

  @Test
  @Rule({"F49", "F50"})
  void ofTwoSplitFilesTheOneThatWasCompletedIsNotSentAgain() throws Exception {
    String source = MiniHdfs.shared().newDirectory() + "/x";
    files.clear();
    try (FileSystem hdfs = MiniHdfs.shared().newFileSystem()) {
      for (String name : List.of("one", "other")) {
        byte[] large = new byte[3 * PART + 7];
        new Random(name.length()).nextBytes(large);
        files.put(name, large);
        try (var out = hdfs.create(new Path(source, name))) {
          out.write(large);
        }
      }
    }
    List<String> command = command(inThisJvm(tmp()), source, "s3://to/y");
    killBeforeTheSecondIsCompleted(command);
    assertThat(s3.keys("to")).filteredOn(key -> key.startsWith("y/o")).hasSize(1);
    assertThat(s3.pendingUploads("to")).hasSize(1);
    s3.resetRequests();
    finish(command);
    assertThat(s3.count(RequestKind.ABORT_MULTIPART)).as("that of the killed run").isEqualTo(1);
    assertThat(s3.count(RequestKind.UPLOAD_PART)).as("of the other file alone").isEqualTo(4);
    assertWhole();
    assertNothingStaged(MiniHdfs.shared().configuration());
  }

  /** Once the journal has the first; the second request to complete a file is not carried out. */
  private void killBeforeTheSecondIsCompleted(List<String> command) throws Exception {
    List<String> java = new ArrayList<>(List.of(FlyteData.class.getName()));
    java.addAll(command);
    CompletableFuture<KilledProgram> program = new CompletableFuture<>();
    AtomicInteger completions = new AtomicInteger();
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == RequestKind.COMPLETE_MULTIPART && completions.incrementAndGet() == 2) {
            awaitJournalOfAFile();
            program.join().kill();
            throw new IllegalStateException("not carried out");
          }
        });
    program.complete(KilledProgram.start(Outcome.s3(s3), java));
    program.join().awaitKill();
    s3.onRequest((any, ordinal) -> {});
  }

  /** The first file of a journal says which run it is, the next what has been published. */
  private void awaitJournalOfAFile() {
    while (s3.keys("to").stream().filter(key -> key.contains("_flyte_job_")).count() < 2) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException ended) {
        throw new IllegalStateException(ended);
      }
    }
  }

  @Test
  @RequireStores("mapreduce")
  @Rule({"F49", "F50"})
  void aJobThatOutlivesItsDriverIsAwaited() throws Exception {
    YarnCluster yarn = YarnCluster.shared();
    Map<String, String> conf = new HashMap<>();
    for (Map.Entry<String, String> entry : yarn.configuration()) {
      if (yarn.configuration().getPropertySources(entry.getKey())[0].equals("programmatically")) {
        conf.put(entry.getKey(), entry.getValue());
      }
    }
    List<String> command = command(conf, "s3://to/y");
    killAt(RequestKind.COPY_OBJECT, 2, command);
    finish(command);
    assertThat(copies()).as("of both runs").isEqualTo(FILES);
    assertWhole();
    assertNothingStaged(yarn.bareConfiguration());
  }

  private static String tmp() throws Exception {
    return io.github.flytehadoop.testkit.TestDirectories.create("resume").toString();
  }
}
