/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Invariants;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  @CsvSource({"INT, 130, http", "TERM, 143, https"})
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
      InterruptedCommand child = start(s3, temp, "put", file.toString(), "s3://bucket/large.bin");
      int exit = child.interrupt(name, secondPart);
      assertThat(exit).as("%s", child.said()).isEqualTo(code);
      Invariants.ofSending(Map.of("large.bin", new byte[1]))
          .in(s3, "bucket", "")
          .afterRun(exit, child.said());
      assertThat(s3.keys("bucket")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "large.bin, http, auto",
    "large.bin, https, auto",
    "small.bin, http, auto",
    "small.bin, https, auto",
    "large.bin, https, sdk"
  })
  @Rule("F41")
  void leavesNothingOfWhatItGot(String key, String scheme, String client) throws Exception {
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
      Path got = temp.resolve("got");
      String[] args = {"-D", "fs.flyte.client=" + client, "get", "s3://bucket/" + key, "" + got};
      InterruptedCommand child = start(s3, temp, args);
      assertThat(child.interrupt("TERM", asked)).as("%s", child.said()).isEqualTo(143);
      assertThat(got).doesNotExist();
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
      InterruptedCommand child = start(s3, temp, "put", file.toString(), "s3://bucket/file.bin");
      child.awaitMiddle(asked);
      child.awaitStandstill();
      assertThat(child.interrupt("TERM", asked)).as("%s", child.said()).isEqualTo(143);
      assertThat(s3.pendingUploads("bucket")).isEmpty();
    } finally {
      over.countDown();
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

  private static InterruptedCommand start(S3Endpoint s3, Path directory, String... args)
      throws IOException {
    return InterruptedCommand.start(directory, Outcome.s3(s3), args);
  }
}
