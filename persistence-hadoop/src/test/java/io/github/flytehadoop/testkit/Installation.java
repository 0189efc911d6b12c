/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that is installed by another tool than Maven, once a machine: below the directory that
 * {@code FLYTE_TEST_CACHE} names, or below {@code ~/.cache}, so that {@code clean} keeps it.
 */
final class Installation {
  private static final long PATIENCE_MINUTES = 15;

  private final String name;
  private final String tool;
  private final String installedFile;
  private final List<String> command;
  private final Map<String, String> environment;

  /**
   * An installation.
   *
   * @param name of its directory, with the version
   * @param tool that must be on the path
   * @param installedFile a file that exists when it is complete, below its directory
   * @param command of the installation, run in its directory
   * @param environment for it; {@code .} stands for the directory
   */
  Installation(
      String name,
      String tool,
      String installedFile,
      List<String> command,
      Map<String, String> environment) {
    this.name = name;
    this.tool = tool;
    this.installedFile = installedFile;
    this.command = command;
    this.environment = environment;
  }

  private Path directory() {
    String given = System.getenv("FLYTE_TEST_CACHE");
    Path cache =
        given == null
            ? Path.of(System.getProperty("user.home"), ".cache", "flyte-hadoop-tests")
            : Path.of(given);
    return cache.toAbsolutePath().resolve(name);
  }

  Path file() {
    return directory().resolve(installedFile);
  }

  /** Installs it unless that is done; says why that was not possible. */
  synchronized Optional<String> whyUnavailable() {
    if (Files.exists(file())) {
      return Optional.empty();
    }
    if (!isOnPath(tool)) {
      return Optional.of("'" + tool + "' is not on the path, which installs " + name);
    }
    try {
      Files.createDirectories(directory());
      try (FileChannel lockFile =
              FileChannel.open(
                  directory().resolveSibling(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lockFile.lock()) {
        return Files.exists(file()) ? Optional.empty() : install();
      }
    } catch (IOException failure) {
      return Optional.of("it could not be installed: " + failure.getMessage());
    }
  }

  private Optional<String> install() throws IOException {
    Path log = directory().resolve("install.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    environment.forEach(
        (key, value) ->
            builder.environment().put(key, value.equals(".") ? directory().toString() : value));
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      if (ended && process.exitValue() == 0 && Files.exists(file())) {
        return Optional.empty();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    return Optional.of("'" + String.join(" ", command) + "' failed, see " + log);
  }

  static boolean isOnPath(String tool) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(directory).resolve(tool))) {
        return true;
      }
    }
    return false;
  }
}
