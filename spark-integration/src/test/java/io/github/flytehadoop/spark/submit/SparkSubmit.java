/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code spark-submit}, as Spark's own script runs it: the launcher's class makes the command. */
final class SparkSubmit implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Process process;
  private final Path directory;

  private SparkSubmit(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /** Starts an application; the environment is the driver's alone. */
  static SparkSubmit start(SparkHome home, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Path directory = TestDirectories.create("submit");
    List<String> launcher = new ArrayList<>();
    String java = home.java().resolve("bin/java").toString();
    launcher.addAll(List.of(java, "-Xmx128m", "-cp", home.directory().resolve("jars") + "/*"));
    launcher.add("org.apache.spark.launcher.Main");
    launcher.add("org.apache.spark.deploy.SparkSubmit");
    launcher.addAll(arguments);
    ProcessBuilder asking = builder(home, environment, launcher, directory);
    asking.redirectError(directory.resolve("launcher").toFile());
    String[] words =
        new String(asking.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .split("\0");
    // the first is a new line, which Spark's script looks for
    List<String> command = new ArrayList<>(List.of(words).subList(1, words.length));
    command.set(0, command.get(0).strip());
    ProcessBuilder running = builder(home, environment, command, directory);
    running.redirectOutput(directory.resolve("out").toFile());
    running.redirectError(directory.resolve("err").toFile());
    return new SparkSubmit(running.start(), directory);
  }

  private static ProcessBuilder builder(
      SparkHome home, Map<String, String> environment, List<String> command, Path directory) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.matches("(FLYTE|AWS|AZURE|SPARK|HADOOP|GOOGLE)_.*"));
    variables.put("SPARK_HOME", home.directory().toString());
    variables.put("JAVA_HOME", home.java().toString());
    variables.put("SPARK_LOCAL_IP", "127.0.0.1");
    variables.put("SPARK_SCALA_VERSION", "2.13");
    variables.putAll(environment);
    return builder;
  }

  /** Waits for a line of standard output that starts so, and gives the rest of it. */
  String await(String start) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      boolean ended = !process.isAlive();
      for (String line : out().lines().toList()) {
        if (line.startsWith(start)) {
          return line.substring(start.length());
        }
      }
      if (ended) {
        break;
      }
      Thread.sleep(200);
    }
    throw new AssertionError("no line '" + start + "…':\n" + out() + "\n" + err());
  }

  /** Lets an application that waits for its standard input go on, and waits for its end. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    // a thread that is no daemon would keep it
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end:\n" + out() + "\n" + err());
    }
    return process.exitValue();
  }

  /** Its standard output so far. */
  String out() throws IOException {
    return Files.readString(directory.resolve("out"));
  }

  /** Its standard error, which has Spark's log, so far. */
  String err() throws IOException {
    return Files.readString(directory.resolve("err"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
