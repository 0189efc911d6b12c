/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A run that does not end when its process is told to. */
@DisabledOnOs(OS.WINDOWS)
class StubbornRunTest {
  @Test
  @Rule("F41")
  void isLeftBehindWithAWord() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName())
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        BufferedReader err = child.errorReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("begun");
      child.toHandle().destroy(); // that of the process closes its streams
      assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(child.exitValue()).isEqualTo(143);
      assertThat(err.lines())
          .singleElement()
          .asString()
          .startsWith("flyte-data: Cannot clean up: ")
          .contains("within 1 s", "may leave", "--job-id");
    } finally {
      child.destroyForcibly();
    }
  }

  /** Hears of no interruption. */
  public static final class Run {
    private Run() {}

    /** Never ends. */
    public static void main(String[] args) {
      try (Interruption watched = Interruption.watch(Duration.ofSeconds(1), System.err)) {
        assertThat(watched).isNotNull();
        System.out.println("begun");
        while (true) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    }
  }
}
