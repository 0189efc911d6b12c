/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests may write: below the build directory of the module that runs them. */
public final class TestDirectories {
  private static final Path TARGET =
      Path.of(System.getProperty("flyte.test.directory", "target")).toAbsolutePath();

  private TestDirectories() {}

  /** The build directory. */
  public static Path target() {
    return TARGET;
  }

  /** A new directory below it, named after its user and a number. */
  public static Path create(String user) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(TARGET.resolve("testkit")), user);
  }
}
