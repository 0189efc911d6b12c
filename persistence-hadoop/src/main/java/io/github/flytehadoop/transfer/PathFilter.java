/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.location.RelativePath;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Globs on the whole path below the root: {@code *} stays within a segment, {@code **} crosses
 * them. A path is taken when no include is given or one matches, and no exclude matches.
 */
final class PathFilter {
  /** Takes everything. */
  static final PathFilter ALL = new PathFilter(List.of(), List.of());

  private final List<PathMatcher> include;
  private final List<PathMatcher> exclude;

  private PathFilter(List<PathMatcher> include, List<PathMatcher> exclude) {
    this.include = include;
    this.exclude = exclude;
  }

  static PathFilter of(List<String> include, List<String> exclude) {
    return new PathFilter(
        include.stream().map(PathFilter::matcher).toList(),
        exclude.stream().map(PathFilter::matcher).toList());
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException broken) {
      throw new IllegalArgumentException(
          "Cannot use the glob '" + glob + "': " + broken.getDescription() + ".", broken);
    }
  }

  boolean takes(RelativePath path) {
    if (include.isEmpty() && exclude.isEmpty()) {
      return true;
    }
    Path local = Path.of(path.value());
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(local)))
        && exclude.stream().noneMatch(glob -> glob.matches(local));
  }
}
