/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trees of many files are planned, compared, packed and verified in a JVM with 512 MiB of heap. Ten
 * million are planned with {@code -Dtest.size=full}.
 */
@Rule("B34")
@Tag("slow")
class PlanMemoryTest {
  private static final long MEBIBYTES = 400;

  @TempDir Path temp;

  static Stream<Long> sizes() {
    List<Long> sizes = new ArrayList<>(List.of(100_000L, 1_000_000L));
    if (System.getProperty("test.size", "").equals("full")) {
      sizes.add(10_000_000L);
    }
    return sizes.stream();
  }

  @ParameterizedTest(name = "{0} files")
  @MethodSource("sizes")
  void plansInBoundedMemory(long files) throws Exception {
    Path disk = TestDirectories.scratch("plan");
    try {
      long[] found = probe(files, disk);
      long absent = (files + SimulatedTrees.ABSENT - 1) / SimulatedTrees.ABSENT;
      long both = files - absent;
      assertThat(found[1] + found[2]).as("copied and skipped").isEqualTo(files);
      assertThat(found[2]).as("skipped").isLessThan(both).isGreaterThan(both * 8 / 10);
      assertThat(found[3]).as("deleted").isEqualTo(files / SimulatedTrees.EXTRA);
      assertThat(found[6]).as("MiB that survive a collection").isLessThan(MEBIBYTES);
      try (Stream<Path> left = Files.list(disk)) {
        assertThat(left).as("files in java.io.tmpdir").isEmpty();
      }
    } finally {
      TestDirectories.delete(disk);
    }
  }

  private long[] probe(long files, Path disk) throws Exception {
    Path printed = temp.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=" + disk,
                PlanProbe.class.getName(),
                Long.toString(files))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(printed.toFile());
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process child = builder.start();
    try {
      assertThat(child.waitFor(15, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    String text = Files.readString(printed, StandardCharsets.UTF_8);
    assertThat(child.exitValue()).as(text).isZero();
    String line = text.lines().reduce((before, last) -> last).orElseThrow();
    long[] found = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
    System.out.printf(
        "%d files: %d ns of CPU a file to list, compare, plan, pack, verify; %d bins; %d MiB"
            + " survive a collection, at most %d MiB used%n",
        found[0], found[5], found[4], found[6], found[7]);
    return found;
  }
}
