/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Source and target of a recursive transfer, written so that the contents of the source come
 * directly below the target.
 *
 * @param from the source; a trailing separator says that it is a directory
 * @param to the target, with a trailing separator
 */
public record RecursivePaths(String from, String to) {
  /** Refuses null. */
  public RecursivePaths {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  /**
   * Adds the trailing separators: to the target always, to a remote source always, to a local
   * source only when a directory is there (the one look at the disk). An empty string stays empty.
   *
   * <p>Source: FAP-RP-1, FAP-RP-2.
   *
   * @throws IllegalArgumentException when a local source cannot be a path
   */
  public static RecursivePaths of(String from, String to) {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    boolean directory = Scheme.isRemote(from) || isLocalDirectory(from);
    return new RecursivePaths(directory ? withSeparator(from) : from, withSeparator(to));
  }

  private static boolean isLocalDirectory(String from) {
    return !from.isEmpty() && Files.isDirectory(Path.of(Location.parse(from).key()));
  }

  private static String withSeparator(String path) {
    String separator = Scheme.separator(Scheme.of(path));
    return path.isEmpty() || path.endsWith("/") || path.endsWith(separator)
        ? path
        : path + separator;
  }
}
