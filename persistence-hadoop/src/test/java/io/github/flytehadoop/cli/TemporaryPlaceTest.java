/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine whose temporary directory is not there. */
@Rule("B87")
@Timeout(120)
@Tag("slow")
class TemporaryPlaceTest {
  /** Nobody else's, who might make it. */
  private static final String NOWHERE = "/nonexistent-" + ProcessHandle.current().pid();

  private static final List<String> NO_PLACE = List.of("-Djava.io.tmpdir=" + NOWHERE);

  /** {@link WarmUp} runs put, get, cp, ls, stat, cat and config, on S3 and the local disk. */
  @Test
  void verbsThatMoveOrLookNeedNone() throws Exception {
    Path directory = TestDirectories.create("notmp");
    Process verbs =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + NOWHERE,
                "-cp",
                System.getProperty("java.class.path"),
                WarmUp.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    assertThat(verbs.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(verbs.exitValue()).as("%s", Files.readString(directory.resolve("log"))).isZero();
    TestDirectories.delete(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"check --size-only FILE FILE", "doctor DIR", "plan FILE DIR/other", "rm FILE"})
  void norDoTheOthers(String verb) throws Exception {
    Path directory = TestDirectories.create("notmp");
    Path file = Files.writeString(directory.resolve("file"), "x");
    String line = verb.replace("FILE", file.toString()).replace("DIR", directory.toString());
    Outcome outcome = Outcome.ofProcess(NO_PLACE, Map.of(), line.split(" "));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    TestDirectories.delete(directory);
  }

  @Test
  void missingTemporaryDirectoryIsExplained() throws IOException, InterruptedException {
    Outcome outcome = Outcome.ofProcess(NO_PLACE, Map.of(), "bench", NOWHERE + "/target");
    assertThat(outcome.err())
        .startsWith("flyte-data: Cannot make a temporary directory in " + NOWHERE + ": ")
        .contains("Set TMPDIR for flyte-data")
        .hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(1);
  }
}
