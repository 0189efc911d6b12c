/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that has ended, in a JVM of its own as an operator starts it.
 *
 * @param exitCode what its shell sees
 * @param output both of its streams
 */
public record JavaProgram(int exitCode, String output) {
  private static final long PATIENCE_MINUTES = 10;

  /** Runs a main class to its end. */
  public static JavaProgram run(
      List<String> classPath, Map<String, String> environment, List<String> command)
      throws IOException {
    Path directory = TestDirectories.scratch("program");
    Path log = directory.resolve("output");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx512m");
    words.addAll(ShortLivedJvm.OPTIONS);
    words.add("-Djava.io.tmpdir=" + directory);
    words.add("-cp");
    words.add(String.join(File.pathSeparator, classPath));
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(command + " does not end:\n" + Files.readString(log));
      }
      return new JavaProgram(process.exitValue(), Files.readString(log));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command.toString());
    } finally {
      process.destroyForcibly();
    }
  }

  /** {@code flyte-data}, of the classes under test. */
  public static JavaProgram flyteData(Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("io.github.flytehadoop.cli.FlyteData"));
    command.addAll(List.of(words));
    return run(
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
        environment,
        command);
  }

  /** Hadoop's {@code distcp}, with the settings of a client. */
  public static JavaProgram distCp(
      Map<String, String> environment, Map<String, String> settings, String... words)
      throws IOException {
    List<String> classPath = new ArrayList<>(YarnCluster.hadoopClassPath());
    classPath.addAll(YarnCluster.ownClassPath());
    List<String> command = new ArrayList<>(List.of("org.apache.hadoop.tools.DistCp"));
    new TreeMap<>(settings).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of(words));
    return run(classPath, environment, command);
  }
}
