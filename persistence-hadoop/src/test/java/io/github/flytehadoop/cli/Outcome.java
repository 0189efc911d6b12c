/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import io.github.flytehadoop.testkit.ShortLivedJvm;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one run left: exit code, standard output, standard error. */
record Outcome(int code, String out, String err) {
  /** Variables that keep this machine's own configuration out of a test. */
  static final Map<String, String> ALONE = Map.of("HOME", "/nonexistent");

  static Outcome of(String... args) {
    return of(ALONE, args);
  }

  static Outcome of(Map<String, String> environment, String... args) {
    return of(InputStream.nullInputStream(), environment, args);
  }

  static Outcome of(InputStream in, Map<String, String> environment, String... args) {
    if (Launched.isWanted()) {
      return Launched.run(in, environment, args);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliEnvironment around =
        new CliEnvironment(
            in, out, new PrintStream(err, true, StandardCharsets.UTF_8), environment, 0);
    int code = FlyteData.run(around, args);
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A run in a process of its own, whose environment holds these variables beside this one's. */
  static Outcome ofProcess(List<String> options, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return ofProcess(List.of(), options, environment, args);
  }

  /**
   * The same, of a process to whom modes mean something: root's is without the right to pass them
   * over.
   */
  static Outcome boundByModes(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    boolean root = System.getProperty("user.name").equals("root");
    List<String> bound = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    return ofProcess(root ? bound : List.of(), List.of(), environment, args);
  }

  private static Outcome ofProcess(
      List<String> wrapper, List<String> options, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ShortLivedJvm.OPTIONS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(options);
    command.add(FlyteData.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(ALONE);
    builder.environment().putAll(environment);
    Path err = TestDirectories.create("process").resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }

  /** A configuration that finds an endpoint, and gives up early. */
  static Map<String, String> s3(S3Endpoint endpoint) {
    return s3(endpoint.uri().toString());
  }

  static Map<String, String> s3(String endpoint) {
    Map<String, String> environment = new HashMap<>(ALONE);
    environment.put("FLYTE_AWS_ENDPOINT", endpoint);
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", TestSecrets.S3_ACCESS_KEY);
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
    environment.put("FLYTE_AWS_RETRIES", "0");
    return environment;
  }
}
