/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TlsKeys;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal in the middle of a transfer: its exit code, one line, and nothing half done. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class InterruptionTest {
  @ParameterizedTest
  @CsvSource({"INT, 130, http", "TERM, 143, http", "TERM, 143, https"})
  @Rule("F41")
  void cleansUpAndSaysSo(String name, int code, String scheme) throws Exception {
    Path temp = TestDirectories.create("interrupted");
    Path file = temp.resolve("large.bin");
    Files.write(file, new byte[40 << 20]);
    try (S3Endpoint s3 = start(scheme)) {
      s3.createBucket("bucket");
      s3.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.UPLOAD_PART)
                  .from(2)
                  .gives(Fault.stall(Duration.ofMinutes(5)))));
      CountDownLatch secondPart = requests(s3, RequestKind.UPLOAD_PART, 2);
      Path err = temp.resolve("err");
      Process child = start(s3, temp, err, "put", file.toString(), "s3://bucket/large.bin");
      interrupt(child, name, secondPart, err);
      assertThat(child.exitValue()).as("%s", Files.readString(err)).isEqualTo(code);
      Invariants.ofSending(Map.of("large.bin", new byte[1]))
          .in(s3, "bucket", "")
          .afterRun(child.exitValue(), Files.readString(err));
      assertThat(s3.keys("bucket")).isEmpty();
      assertThat(temp.resolve("tmp")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({"large.bin, http", "large.bin, https", "small.bin, http", "small.bin, https"})
  @Rule("F41")
  void leavesNothingOfWhatItGot(String key, String scheme) throws Exception {
    Path temp = TestDirectories.create("interrupted");
    try (S3Endpoint s3 = start(scheme)) {
      s3.createBucket("bucket");
      s3.putDirectly("bucket", key, new byte[key.startsWith("large") ? 40 << 20 : 40 << 10]);
      s3.faults(
          FaultPlan.of(
              FaultRule.on(RequestKind.GET_OBJECT)
                  .from(1)
                  .gives(Fault.stall(Duration.ofMinutes(5), 20 << 10))));
      CountDownLatch asked = requests(s3, RequestKind.GET_OBJECT, 1);
      Path err = temp.resolve("err");
      Path got = temp.resolve("got");
      Process child = start(s3, temp, err, "get", "s3://bucket/" + key, got.toString());
      interrupt(child, "TERM", asked, err);
      assertThat(child.exitValue()).as("%s", Files.readString(err)).isEqualTo(143);
      assertThat(got).doesNotExist();
      assertThat(temp.resolve("tmp")).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT_OBJECT, 6, http",
    "PUT_OBJECT, 6, https",
    "UPLOAD_PART, 40, http",
    "UPLOAD_PART, 40, https"
  })
  @Rule("F41")
  void waitsForNoServerThatTakesNothing(RequestKind kind, int megabytes, String scheme)
      throws Exception {
    Path temp = TestDirectories.create("interrupted");
    Path file = temp.resolve("file.bin");
    Files.write(file, new byte[megabytes << 20]);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (S3Endpoint s3 = start(scheme)) {
      s3.createBucket("bucket");
      s3.onRequest(
          (come, ordinal) -> {
            if (come == kind) {
              asked.countDown();
              await(over);
            }
          });
      Path err = temp.resolve("err");
      Process child = start(s3, temp, err, "put", file.toString(), "s3://bucket/file.bin");
      assertThat(asked.await(2, TimeUnit.MINUTES)).as("%s", Files.readString(err)).isTrue();
      awaitStandstill(child);
      interrupt(child, "TERM", asked, err);
      assertThat(child.exitValue()).as("%s", Files.readString(err)).isEqualTo(143);
      assertThat(s3.pendingUploads("bucket")).isEmpty();
      assertThat(temp.resolve("tmp")).isEmptyDirectory();
    } finally {
      over.countDown();
    }
  }

  /** Buffers take a few MiB more, and only then a thread waits for the server. */
  private static void awaitStandstill(Process child) throws InterruptedException {
    Duration before = Duration.ofMinutes(-1);
    Duration now = Duration.ZERO;
    for (int look = 0; now.minus(before).toMillis() > 50; look++) {
      assertThat(look).as("seconds of work, at least").isLessThan(60);
      Thread.sleep(1000);
      before = now;
      now = child.info().totalCpuDuration().orElseThrow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static S3Endpoint start(String scheme) throws Exception {
    return scheme.equals("https") ? S3Endpoint.startTls() : S3Endpoint.start();
  }

  /** Opens when so many requests of a kind have come. */
  private static CountDownLatch requests(S3Endpoint s3, RequestKind wanted, int count) {
    CountDownLatch come = new CountDownLatch(count);
    s3.onRequest(
        (kind, ordinal) -> {
          if (kind == wanted) {
            come.countDown();
          }
        });
    return come;
  }

  /** Tells a process to end once it is in the middle of its work, and expects its one line. */
  private static void interrupt(Process child, String signal, CountDownLatch middle, Path err)
      throws Exception {
    try {
      assertThat(middle.await(2, TimeUnit.MINUTES)).as("%s", Files.readString(err)).isTrue();
      signal(child, signal);
      assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(Files.readString(err))
        .startsWith("flyte-data: Cannot ")
        .doesNotContain("\tat ")
        .doesNotContain("Cannot clean up");
  }

  private static Process start(S3Endpoint s3, Path temp, Path err, String... args)
      throws IOException {
    Path tmp = Files.createDirectories(temp.resolve("tmp"));
    List<String> command = new ArrayList<>();
    if (isIgnored()) { // a shell's background job hands it on, and no JVM can undo that
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + tmp,
            "-Dhadoop.tmp.dir=" + tmp,
            "-Djavax.net.ssl.trustStore=" + System.getProperty("javax.net.ssl.trustStore", ""),
            "-Djavax.net.ssl.trustStorePassword=" + TlsKeys.PASSWORD,
            "-cp",
            System.getProperty("java.class.path"),
            FlyteData.class.getName()));
    command.addAll(List.of("-q", "-D", "fs.s3a.buffer.dir=" + temp.resolve("buffer")));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Outcome.s3(s3));
    builder.redirectError(err.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private static void signal(Process child, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).start().waitFor();
  }

  /** Whether this JVM was started with SIGINT ignored. */
  private static boolean isIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
