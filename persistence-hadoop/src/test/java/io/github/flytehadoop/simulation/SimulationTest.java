/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs of puts, gets, copies, checks and resumed copies between random stores, while
 * others write there and stores break: what is promised holds after each step. A seed that fails
 * prints its program, made smaller, which {@code -Dsimulation.program=FILE} runs again.
 *
 * <pre>
 * ./mvnw -pl persistence-hadoop test -Dtest=SimulationTest \
 *   -Dsimulation.first=1 -Dsimulation.seeds=20000
 * </pre>
 */
@Tag("slow")
class SimulationTest {
  private static final int BLOCK = 25;
  private static final int FIRST = Integer.getInteger("simulation.first", 1);
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);

  static IntStream blocks() {
    return IntStream.iterate(FIRST, from -> from < FIRST + SEEDS, from -> from + BLOCK);
  }

  @ParameterizedTest(name = "seeds from {0}")
  @MethodSource("blocks")
  void promisesAreKept(int from) throws IOException {
    int end = Math.min(from + BLOCK, FIRST + SEEDS);
    for (int seed = from; seed < end; seed++) {
      run("seed " + seed, Generator.of(seed));
    }
  }

  @Test
  void aProgramIsItsText() {
    for (int seed = 1; seed <= BLOCK; seed++) {
      Program program = Generator.of(seed);
      assertThat(Program.parse("# a comment\n" + program)).isEqualTo(program);
      assertThat(Generator.of(seed)).isEqualTo(program);
    }
  }

  @Test
  void aProgramOfAFileIsRunAgain() throws IOException {
    String file = System.getProperty("simulation.program", "");
    Assumptions.assumeFalse(file.isEmpty(), "no -Dsimulation.program=FILE was given");
    run(file, Program.parse(Files.readString(Path.of(file))));
  }

  private static void run(String name, Program program) throws IOException {
    try {
      Run.of(program);
    } catch (Violation violation) {
      Program smaller = Shrinker.of(program, violation);
      throw new AssertionError(
          name
              + " breaks a promise: "
              + violation.getMessage()
              + "\nThe program:\n"
              + program
              + "\nThe smallest that breaks the same:\n"
              + smaller,
          violation);
    }
  }
}
