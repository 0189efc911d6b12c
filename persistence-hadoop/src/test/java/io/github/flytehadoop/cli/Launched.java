/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs of an unpacked distribution's script in place of the classes under test. */
final class Launched {
  /** Which script; tests of the command line run the classes where it is not set. */
  static final String PROPERTY = "flyte.test.launcher";

  /** The Java that the script is to take. */
  static final String JAVA_PROPERTY = "flyte.test.launcher.java";

  /** Where the script is to keep its archive of classes, since tests have no home. */
  static final String CACHE_PROPERTY = "flyte.test.launcher.cache";

  private Launched() {}

  static boolean isWanted() {
    return System.getProperty(PROPERTY) != null;
  }

  /** Runs it with these variables and those that a shell cannot do without. */
  static Outcome run(InputStream in, Map<String, String> environment, String... args) {
    List<String> command = new ArrayList<>(List.of(System.getProperty(PROPERTY)));
    command.addAll(List.of(args));
    try {
      Path directory = TestDirectories.scratch("launched");
      ProcessBuilder builder = new ProcessBuilder(command);
      Map<String, String> variables = builder.environment();
      variables.keySet().retainAll(List.of("PATH", "TMPDIR"));
      variables.put("JAVA_HOME", System.getProperty(JAVA_PROPERTY));
      variables.put("XDG_CACHE_HOME", System.getProperty(CACHE_PROPERTY));
      variables.putAll(environment);
      builder.redirectOutput(directory.resolve("out").toFile());
      builder.redirectError(directory.resolve("err").toFile());
      Process process = builder.start();
      try {
        feed(in, process.getOutputStream());
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
          throw new AssertionError(command + " does not end");
        }
      } finally {
        process.destroyForcibly();
      }
      return new Outcome(
          process.exitValue(), text(directory.resolve("out")), text(directory.resolve("err")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Whatever bytes there are, as the in-memory streams of {@link Outcome} take them. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static void feed(InputStream in, OutputStream process) {
    try (process) {
      in.transferTo(process);
    } catch (IOException readNoMore) {
      // it may end before it has read everything
    }
  }
}
