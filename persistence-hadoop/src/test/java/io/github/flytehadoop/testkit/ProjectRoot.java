/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The version of this build, which is in the names of what it packs. */
  public static String version() throws IOException {
    String pom = Files.readString(resolve("pom.xml"));
    Matcher first = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
    if (!first.find()) {
      throw new IllegalStateException("no version in pom.xml");
    }
    return first.group(1);
  }
}
