/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own that gets SIGKILL, from whichever thread sees that it is time. */
public final class KilledProgram {
  private static final int OF_SIGKILL = 128 + 9;
  private static final long PATIENCE_MINUTES = 4;

  private final Path output;
  private final Process process;

  private KilledProgram(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  /** Starts a main class with the class path of this JVM; options of the JVM come first. */
  public static KilledProgram start(Map<String, String> environment, List<String> command)
      throws IOException {
    Path directory = TestDirectories.create("killed");
    Path output = directory.resolve("output");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx512m");
    words.addAll(ShortLivedJvm.OPTIONS);
    words.add("-Djava.io.tmpdir=" + directory);
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    String ours = System.getProperty("java.class.path");
    builder.environment().put("CLASSPATH", System.getProperty("surefire.test.class.path", ours));
    return new KilledProgram(output, builder.start());
  }

  /** Kills it, and returns when it is dead. */
  public void kill() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells it to end, as a platform does first. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end, and gives its exit code and what it printed. */
  public JavaProgram awaitEnd() throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output);
    if (!ended) {
      throw new AssertionError("It does not end:\n" + printed);
    }
    return new JavaProgram(process.exitValue(), printed);
  }

  /** Returns when it was killed, and fails when it ends by itself. */
  public void awaitKill() throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    if (!ended || process.exitValue() != OF_SIGKILL) {
      throw new AssertionError(
          (ended ? "It ended with " + process.exitValue() : "It was not killed in time")
              + ":\n"
              + Files.readString(output));
    }
  }
}
