/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ShortLivedJvm;
import io.github.flytehadoop.testkit.TlsKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command line in a process of its own, which is told to end in the middle of its work. */
final class InterruptedCommand {
  private final Path directory;
  private final Path err;
  private final Process process;

  private InterruptedCommand(Path directory, Path err, Process process) {
    this.directory = directory;
    this.err = err;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param directory that it may use, and has no temporary files in when it ends
   */
  static InterruptedCommand start(Path directory, Map<String, String> environment, String... args)
      throws IOException {
    Path tmp = Files.createDirectories(directory.resolve("tmp"));
    List<String> command = new ArrayList<>();
    if (isIgnored()) { // a shell's background job hands it on, and no JVM can undo that
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ShortLivedJvm.OPTIONS);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + tmp,
            "-Dhadoop.tmp.dir=" + tmp,
            "-Djavax.net.ssl.trustStore=" + System.getProperty("javax.net.ssl.trustStore", ""),
            "-Djavax.net.ssl.trustStorePassword=" + TlsKeys.PASSWORD,
            "-cp",
            System.getProperty("java.class.path"),
            FlyteData.class.getName()));
    command.addAll(List.of("-q", "-D", "fs.s3a.buffer.dir=" + directory.resolve("buffer")));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Path err = directory.resolve("err");
    builder.redirectError(err.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return new InterruptedCommand(directory, err, builder.start());
  }

  /** Buffers take a few MiB more, and only then a thread waits for the server. */
  void awaitStandstill() throws InterruptedException {
    Duration before = Duration.ofMinutes(-1);
    Duration now = Duration.ZERO;
    for (int look = 0; now.minus(before).toMillis() > 20; look++) {
      assertThat(look).as("half seconds of work, at least").isLessThan(120);
      Thread.sleep(500);
      before = now;
      now = process.info().totalCpuDuration().orElseThrow();
    }
  }

  /** Waits until it is in the middle of its work. */
  void awaitMiddle(CountDownLatch middle) throws IOException, InterruptedException {
    assertThat(middle.await(2, TimeUnit.MINUTES)).as("%s", said()).isTrue();
  }

  /**
   * Tells it to end once it is in the middle of its work, and expects its one line.
   *
   * @return its exit code
   */
  int interrupt(String signal, CountDownLatch middle) throws IOException, InterruptedException {
    try {
      awaitMiddle(middle);
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(said())
        .startsWith("flyte-data: Cannot ")
        .doesNotContain("\tat ")
        .doesNotContain("Cannot clean up");
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
    return process.exitValue();
  }

  /** What it has said. */
  String said() throws IOException {
    return Files.readString(err);
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
