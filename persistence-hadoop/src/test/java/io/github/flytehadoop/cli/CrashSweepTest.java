/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that puts, gets or copies a mixed tree is killed with SIGKILL at a store request, and
 * the same command with the same job id is run again. At every point each file is as it was sent or
 * absent; in the end the trees are equal and nothing else is left. {@code -Dtest.size=full} kills
 * at every request of four trees, more than 200 times; otherwise a few requests of one are chosen:
 *
 * <pre>
 * ./mvnw verify -Dtest.size=full -Dtest=CrashSweepTest \
 *   -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@Tag("slow")
class CrashSweepTest {
  private static final int SAMPLES = 5;
  private static final int FULL_SEEDS = 4;

  @TempDir Path temp;

  static Stream<Arguments> runs() {
    int seeds = isFull() ? FULL_SEEDS : 1;
    List<Arguments> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (CrashedRun.Verb verb : CrashedRun.Verb.values()) {
        runs.add(Arguments.of(verb, seed));
      }
    }
    return runs.stream();
  }

  private static boolean isFull() {
    return System.getProperty("test.size", "").equals("full");
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("runs")
  @Rule({"F42", "F35", "F49", "F50"})
  void convergesAfterBeingKilled(CrashedRun.Verb verb, int seed) throws Exception {
    int requests;
    try (CrashedRun whole = new CrashedRun(verb, seed, temp.resolve("whole"))) {
      requests = whole.countRequests();
    }
    int kills = 0;
    for (int at : points(requests)) {
      try (CrashedRun run = new CrashedRun(verb, seed, temp.resolve("at-" + at))) {
        kills += run.killAt(at, (at + seed) % 2 == 0) ? 1 : 0;
        run.assertNothingPartial();
        run.finish();
        run.assertDone();
      }
    }
    System.out.printf(
        "%s, seed %d: killed at %d of %d requests, finished each time%n",
        verb, seed, kills, requests);
    assertThat(kills).as("kills").isGreaterThanOrEqualTo(points(requests).size() - 2);
  }

  /** All, or the first, the last, and some between. */
  private static List<Integer> points(int requests) {
    return isFull()
        ? IntStream.rangeClosed(1, requests).boxed().toList()
        : IntStream.range(0, SAMPLES)
            .map(sample -> 1 + sample * (requests - 1) / (SAMPLES - 1))
            .boxed()
            .toList();
  }
}
