/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where tests may write: below the build directory of the module that runs them. */
public final class TestDirectories {
  private static final Path TARGET =
      Path.of(System.getProperty("flyte.test.directory", "target")).toAbsolutePath();

  private static final class Scratch {
    static final Path ROOT;

    static {
      try {
        ROOT = create("scratch");
      } catch (IOException failure) {
        throw new ExceptionInInitializerError(failure);
      }
      AtEnd.stop(() -> delete(ROOT));
    }
  }

  private TestDirectories() {}

  /** The build directory. */
  public static Path target() {
    return TARGET;
  }

  /** A new directory below it, named after its user and a number, which stays. */
  public static Path create(String user) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(TARGET.resolve("testkit")), user);
  }

  /** A new directory that goes away after the last test. */
  public static Path scratch(String user) throws IOException {
    return Files.createTempDirectory(Scratch.ROOT, user);
  }

  /** Removes a directory as far as possible: what cannot be removed goes with the next clean. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> leavesFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : leavesFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException left) {
      System.err.println("Could not remove " + directory + ": " + left);
    }
  }
}
