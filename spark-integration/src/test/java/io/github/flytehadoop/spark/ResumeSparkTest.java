/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.cli.FlyteData;
import io.github.flytehadoop.testkit.KilledProgram;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver of a copy by Spark is killed; the same command once more does what is missing. */
@Timeout(300)
@Tag("slow")
class ResumeSparkTest {
  private static final int FILES = 40;
  private static final int BINS = 4;
  private static final int MOVED_BY_TWO_BINS = FILES / 2;
  private static final int IN_THE_THIRD_BIN = MOVED_BY_TWO_BINS + 5;
  private static final String JOURNAL = "_flyte_job_";
  private static final long POLL_MILLIS = 50;

  /** One core, so that bins are moved one after the other. */
  private static List<String> application() throws IOException {
    List<String> java = new ArrayList<>();
    for (String packages :
        List.of("java.nio", "java.lang", "java.lang.invoke", "java.util", "sun.nio.ch")) {
      java.add("--add-opens=java.base/" + packages + "=ALL-UNNAMED");
    }
    java.add("-Dspark.master=local[1]");
    java.add("-Dspark.app.name=killed");
    java.add("-Dspark.ui.enabled=false");
    java.add("-Dspark.driver.host=127.0.0.1");
    java.add("-Dspark.driver.bindAddress=127.0.0.1");
    java.add("-Dspark.local.dir=" + TestDirectories.create("spark"));
    java.add(SparkCopy.class.getName());
    java.addAll(copy());
    return java;
  }

  private static List<String> copy() {
    List<String> words = new ArrayList<>(List.of("-r", "--tasks", String.valueOf(BINS)));
    words.addAll(List.of("--job-id", "night", "--overwrite", "s3://from/x", "s3://to/y"));
    return words;
  }

  private static Map<String, String> settings(S3Endpoint s3) {
    return Map.of(
        "HOME",
        "/nonexistent",
        "FLYTE_AWS_ENDPOINT",
        s3.uri().toString(),
        "FLYTE_AWS_ACCESS_KEY_ID",
        TestSecrets.S3_ACCESS_KEY,
        "FLYTE_AWS_SECRET_ACCESS_KEY",
        TestSecrets.S3_SECRET_KEY);
  }

  @Test
  @Rule({"F49", "F50"})
  void filesProvenByTheJournalAreNotMovedAgain() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("from");
      s3.createBucket("to");
      for (int i = 0; i < FILES; i++) {
        s3.putDirectly("from", "x/" + name(i), new byte[] {(byte) i, 1});
      }
      killInTheThirdBin(s3);
      s3.resetRequests();
      finish(s3);

      assertThat(s3.count(RequestKind.COPY_OBJECT)).isEqualTo(FILES - MOVED_BY_TWO_BINS);
      assertThat(s3.keys("to")).as("the files and no journal").hasSize(FILES);
      for (int i = 0; i < FILES; i++) {
        assertThat(s3.bytes("to", "y/" + name(i))).containsExactly(i, 1);
      }
      assertThat(s3.pendingUploads("to")).isEmpty();
    }
  }

  private static String name(int file) {
    return "file-" + (100 + file) + ".";
  }

  /** Not before the journal has what two bins moved, which it must get while the third is moved. */
  private static void killInTheThirdBin(S3Endpoint s3) throws Exception {
    CompletableFuture<KilledProgram> driver = new CompletableFuture<>();
    AtomicInteger copies = new AtomicInteger();
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == RequestKind.COPY_OBJECT && copies.incrementAndGet() >= IN_THE_THIRD_BIN) {
            awaitJournal(s3);
            driver.join().kill();
          }
        });
    driver.complete(KilledProgram.start(settings(s3), application()));
    driver.join().awaitKill();
    s3.onRequest((any, ordinal) -> {});
  }

  private static void awaitJournal(S3Endpoint s3) {
    while (journalled(s3) < MOVED_BY_TWO_BINS) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException ended) {
        throw new IllegalStateException(ended);
      }
    }
  }

  private static long journalled(S3Endpoint s3) {
    StringBuilder journal = new StringBuilder();
    for (String key : s3.keys("to")) {
      if (key.contains(JOURNAL)) {
        journal.append(new String(s3.bytes("to", key), StandardCharsets.ISO_8859_1));
      }
    }
    long found = 0;
    for (int i = 0; i < FILES; i++) {
      found += journal.indexOf(name(i)) >= 0 ? 1 : 0;
    }
    return found;
  }

  private static void finish(S3Endpoint s3) throws IOException {
    List<String> words = new ArrayList<>(List.of("cp", "--engine", "spark"));
    words.addAll(copy());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (SparkSession spark = SparkSessions.local().getOrCreate()) {
      assertThat(spark.sparkContext().isStopped()).isFalse();
      int code =
          FlyteData.run(
              out,
              new PrintStream(err, true, StandardCharsets.UTF_8),
              settings(s3),
              words.toArray(String[]::new));
      assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }
  }
}
