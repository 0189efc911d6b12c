/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Python as Flyte's users have it, installed once a machine: flytekit with its plugin for Spark,
 * pandas, pyarrow, s3fs, and PySpark with its own copy of Spark.
 */
public final class PythonEnvironment {
  private static final String NAME = "python-flytekit-1.16.31-pyspark-4.2.0";
  private static final String INSTALL =
      "python3 -m venv . && bin/pip install --quiet --no-compile --disable-pip-version-check"
          + " pyspark==4.2.0 flytekit==1.16.31 flytekitplugins-spark==1.16.31 pandas==2.3.3"
          + " pyarrow==22.0.0 && touch installed";

  /** Its last command makes the file: what was interrupted is installed again. */
  private static final Installation INSTALLATION =
      new Installation(NAME, "python3", "installed", List.of("sh", "-c", INSTALL), Map.of());

  private static final String INSTALL_FLYTE_2 =
      "python3 -m venv . && bin/pip install --quiet --no-compile --disable-pip-version-check"
          + " flyte==2.12.1 pandas==2.3.3 pyarrow==22.0.0 && touch installed";

  /** Flyte 2 has an environment of its own: its packages are newer than those of flytekit. */
  private static final Installation FLYTE_2 =
      new Installation(
          "python-flyte-2.12.1",
          "python3",
          "installed",
          List.of("sh", "-c", INSTALL_FLYTE_2),
          Map.of());

  private static final String FITS =
      "import ensurepip, sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))";

  private PythonEnvironment() {}

  /** Why there is no such Python on this machine, or empty when there is. */
  public static Optional<String> whyUnavailable() {
    return whyUnavailable(INSTALLATION);
  }

  /** Why there is no Python with the SDK of Flyte 2, or empty when there is. */
  public static Optional<String> whyFlyte2Unavailable() {
    return whyUnavailable(FLYTE_2);
  }

  private static Optional<String> whyUnavailable(Installation installation) {
    if (Files.exists(installation.file())) {
      return Optional.empty();
    }
    return fits()
        ? installation.whyUnavailable()
        : Optional.of("Flyte needs a python3 of version 3.10, 3.11 or 3.12, with its venv");
  }

  private static boolean fits() {
    try {
      return new ProcessBuilder("python3", "-c", FITS)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The directory of its programs, {@code python} and {@code spark-submit} among them. */
  public static Path programs() {
    return INSTALLATION.file().resolveSibling("bin");
  }

  /** The interpreter that has the SDK of Flyte 2. */
  public static Path flyte2() {
    return FLYTE_2.file().resolveSibling("bin/python");
  }

  /** PySpark's own Spark: {@code jars} has what every application finds on its class path. */
  public static Path sparkHome() throws IOException {
    try (var libraries = Files.newDirectoryStream(programs().resolveSibling("lib"), "python3*")) {
      return libraries.iterator().next().resolve("site-packages/pyspark");
    }
  }

  /**
   * Runs a script to its end and gives what it printed on standard output.
   *
   * @param environment beside the test's own, in which no {@code FLYTE_*} variable is left
   * @throws AssertionError with all it printed when it fails or takes longer than the time limit
   */
  public static String run(
      Duration limit, Map<String, String> environment, Path script, String... arguments)
      throws IOException {
    return run(programs().resolve("python"), limit, environment, script, arguments);
  }

  /**
   * The same with the interpreter of another environment.
   *
   * @throws AssertionError with all it printed when it fails or takes longer than the time limit
   */
  public static String run(
      Path python,
      Duration limit,
      Map<String, String> environment,
      Path script,
      String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(python.toString(), script.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path directory = TestDirectories.create("python");
    Path out = directory.resolve("stdout");
    Path err = directory.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLYTE_"));
    // the test's own Spark is another
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("SPARK_SCALA_VERSION");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    // flytekit makes directories in it, which stay
    builder.environment().put("TMPDIR", directory.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0) {
        return Files.readString(out);
      }
      throw new AssertionError(
          "%s failed or took more than %s:%n%s%n%s"
              .formatted(
                  script.getFileName(), limit, Files.readString(out), Files.readString(err)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Python ran", interrupted);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
