/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.location.RelativePath;
import java.util.List;

/**
 * Globs on the whole path below the root: {@code *} stays within a segment, {@code **} crosses
 * them. A path is taken when no include is given or one matches, and no exclude matches.
 */
final class PathFilter {
  /** Takes everything. */
  static final PathFilter ALL = new PathFilter(List.of(), List.of());

  private final List<Glob> include;
  private final List<Glob> exclude;

  private PathFilter(List<Glob> include, List<Glob> exclude) {
    this.include = include;
    this.exclude = exclude;
  }

  static PathFilter of(List<String> include, List<String> exclude) {
    return new PathFilter(
        include.stream().map(Glob::of).toList(), exclude.stream().map(Glob::of).toList());
  }

  boolean takes(RelativePath path) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(path.value())))
        && exclude.stream().noneMatch(glob -> glob.matches(path.value()));
  }
}
