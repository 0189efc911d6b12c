/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests run in, whatever module's directory they were started from. */
public final class ProjectRoot {
  private ProjectRoot() {}

  /** A file of the checkout, by its path from the top. */
  public static Path resolve(String path) {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve(".ci"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
      }
      directory = parent;
    }
    return directory.resolve(path);
  }
}
