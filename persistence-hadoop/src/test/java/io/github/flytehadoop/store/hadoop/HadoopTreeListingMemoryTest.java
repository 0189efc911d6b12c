/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory with 500,000 directories is walked in a JVM with 48 MiB of heap; with five million
 * when {@code -Dtest.size=full}.
 */
@Rule("F91")
@Tag("slow")
class HadoopTreeListingMemoryTest {
  private static final long DIRECTORIES =
      System.getProperty("test.size", "").equals("full") ? 5_000_000 : 500_000;

  @TempDir Path temp;

  @Test
  void aWideDirectoryIsWalkedInBoundedMemory() throws Exception {
    Path printed = temp.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                TreeWalkProbe.class.getName(),
                Long.toString(DIRECTORIES))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(printed.toFile());
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process child = builder.start();
    try {
      assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    String text = Files.readString(printed, StandardCharsets.UTF_8);
    assertThat(child.exitValue()).as(text).isZero();
    assertThat(text.lines().reduce((before, last) -> last)).hasValue("" + DIRECTORIES);
  }
}
