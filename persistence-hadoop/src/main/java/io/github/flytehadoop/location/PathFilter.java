/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Globs on the whole path below the root: {@code *} stays within a segment, {@code **} crosses
 * them, and {@code logs/} is everything below {@code logs}. A path is taken when no include is
 * given or one matches, and no exclude matches. A filter remembers which excludes have matched; it
 * belongs to one call.
 */
public final class PathFilter {
  /** Takes everything. */
  public static final PathFilter ALL = new PathFilter(List.of(), List.of());

  private final List<Glob> include;
  private final List<Glob> exclude;
  private final BitSet matched = new BitSet();

  private PathFilter(List<Glob> include, List<Glob> exclude) {
    this.include = include;
    this.exclude = exclude;
  }

  /**
   * A filter of globs; without an include, every path is taken.
   *
   * @throws IllegalArgumentException when a glob is broken, or could match no path because of how
   *     it is spelled
   */
  public static PathFilter of(List<String> include, List<String> exclude) {
    return new PathFilter(
        include.stream().map(PathFilter::glob).toList(),
        exclude.stream().map(PathFilter::glob).toList());
  }

  /** A path below the root begins with a name: a glob that does not is a mistake. */
  private static Glob glob(String text) {
    String spelling = text;
    while (spelling.startsWith("/") || spelling.startsWith("./")) {
      spelling = spelling.substring(spelling.indexOf('/') + 1);
    }
    if (!spelling.equals(text)) {
      throw Problem.cannot("use the glob '" + Printable.of(text) + "'")
          .because("globs match paths below the root, and these begin with a name")
          .remedy(
              "Write "
                  + (spelling.isEmpty() ? "**" : "'" + spelling + "'")
                  + ", or a \\ before it where the keys of a bucket begin so.")
          .argument();
    }
    return text.endsWith("/") && !text.endsWith("\\/") ? Glob.of(text + "**") : Glob.of(text);
  }

  /** Whether a path is included and not excluded. */
  public boolean accepts(RelativePath path) {
    return takesKey(path.value());
  }

  /** The same for a key as a store names it, which need not be a path. */
  public boolean takesKey(String key) {
    return !isExcluded(glob -> glob.matches(key))
        && (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(key)));
  }

  /** Whether something in a directory, of which only the name is known, may be taken. */
  public boolean mayTakeBelow(String directory) {
    return !isExcluded(glob -> glob.matches(directory) || glob.matchesAllBelow(directory))
        && (include.isEmpty() || include.stream().anyMatch(glob -> glob.mayMatchBelow(directory)));
  }

  private boolean isExcluded(Predicate<Glob> matches) {
    boolean excluded = false;
    for (int i = 0; i < exclude.size(); i++) {
      if (matches.test(exclude.get(i))) {
        matched.set(i);
        excluded = true;
      }
    }
    return excluded;
  }

  /** The excludes that no path has matched so far. */
  public List<String> unmatchedExcludes() {
    return IntStream.range(0, exclude.size())
        .filter(i -> !matched.get(i))
        .mapToObj(i -> exclude.get(i).toString())
        .toList();
  }
}
