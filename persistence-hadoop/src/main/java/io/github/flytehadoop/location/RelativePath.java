/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path that stays strictly below the root it is joined to: segments separated by {@code /}, none
 * of them empty, {@code .} or {@code ..}, without NUL and DEL. Whatever a listing or a directory
 * walk finds goes through here before it names a target.
 */
public record RelativePath(String value) implements Comparable<RelativePath> {
  /**
   * Checks the segments.
   *
   * @throws IllegalArgumentException when the path could leave its root or has no single meaning
   */
  public RelativePath {
    Objects.requireNonNull(value, "value");
    String problem = problemOf(value);
    if (problem != null) {
      throw Problem.cannot("use the relative path '" + Printable.of(value) + "'")
          .because(problem)
          .remedy("Rename it.")
          .argument();
    }
  }

  /** Why a string is no relative path, as a clause with a full stop; null when it is one. */
  public static @Nullable String problemOf(String value) {
    for (String segment : value.split("/", -1)) {
      switch (segment) {
        case "" -> {
          return "it has an empty segment, which file systems cannot hold.";
        }
        case ".", ".." -> {
          return "the segment '" + segment + "' could leave the directory.";
        }
        default -> {}
      }
    }
    String problem = Characters.problemOf(value);
    return problem == null ? null : "it " + problem + ".";
  }

  /** The path of a local file below a local root; separators become {@code /}. */
  public static RelativePath between(Path root, Path file) {
    StringBuilder joined = new StringBuilder();
    for (Path segment : root.relativize(file)) {
      joined.append(joined.isEmpty() ? "" : "/").append(segment);
    }
    return new RelativePath(joined.toString());
  }

  /** The last segment. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The path without its last segment, or null when there is only one. */
  public @Nullable RelativePath parent() {
    int end = value.lastIndexOf('/');
    return end < 0 ? null : new RelativePath(value.substring(0, end));
  }

  @Override
  public int compareTo(RelativePath other) {
    return value.compareTo(other.value);
  }

  /** The same as {@link #value()}. */
  @Override
  public String toString() {
    return value;
  }
}
