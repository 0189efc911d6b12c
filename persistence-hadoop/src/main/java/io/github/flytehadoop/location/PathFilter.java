/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.List;

/**
 * Globs on the whole path below the root: {@code *} stays within a segment, {@code **} crosses
 * them. A path is taken when no include is given or one matches, and no exclude matches.
 */
public final class PathFilter {
  /** Takes everything. */
  public static final PathFilter ALL = new PathFilter(List.of(), List.of());

  private final List<Glob> include;
  private final List<Glob> exclude;

  private PathFilter(List<Glob> include, List<Glob> exclude) {
    this.include = include;
    this.exclude = exclude;
  }

  /** A filter of globs; without an include, every path is taken. */
  public static PathFilter of(List<String> include, List<String> exclude) {
    return new PathFilter(
        include.stream().map(Glob::of).toList(), exclude.stream().map(Glob::of).toList());
  }

  /** Whether a path is included and not excluded. */
  public boolean takes(RelativePath path) {
    return takesKey(path.value());
  }

  /** The same for a key as a store names it, which need not be a path. */
  public boolean takesKey(String key) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(key)))
        && exclude.stream().noneMatch(glob -> glob.matches(key));
  }

  /** Whether something in a directory, of which only the name is known, may be taken. */
  public boolean mayTakeBelow(String directory) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.mayMatchBelow(directory)))
        && exclude.stream()
            .noneMatch(glob -> glob.matches(directory) || glob.matchesAllBelow(directory));
  }
}
