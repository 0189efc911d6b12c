/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
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

  /** A segment that is empty, one dot or two, though not the end behind a last separator. */
  private static final Pattern HOPELESS = Pattern.compile("//|(^|/)\\.\\.?(/|$)");

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

  /**
   * A path has no empty segment, no dot and no separator at its start: such a glob is a mistake.
   */
  private static Glob glob(String text) {
    String spelling = text;
    while (spelling.startsWith("/") || spelling.startsWith("./")) {
      spelling = spelling.substring(spelling.indexOf('/') + 1);
    }
    if (!spelling.equals(text)) {
      throw Problem.cannot("use the glob '" + Printable.of(text) + "'")
          .because("globs match paths below the root, and these begin with a name")
          .remedy("Write " + (spelling.isEmpty() ? "**" : "'" + spelling + "'"))
          .argument();
    }
    if (HOPELESS.matcher(text).find()) {
      throw Problem.cannot("use the glob '" + Printable.of(text) + "'")
          .because("no path has a segment that is empty, . or ..")
          .remedy("Leave it out.")
          .argument();
    }
    return text.endsWith("/") && !text.endsWith("\\/") ? Glob.of(text + "**") : Glob.of(text);
  }

  /** Whether a path is included and not excluded. */
  public boolean takes(RelativePath path) {
    boolean excluded = false;
    for (int i = 0; i < exclude.size(); i++) {
      if (exclude.get(i).matches(path.value())) {
        matched.set(i);
        excluded = true;
      }
    }
    return !excluded
        && (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(path.value())));
  }

  /** The excludes that no path has matched so far. */
  public List<String> unmatchedExcludes() {
    return IntStream.range(0, exclude.size())
        .filter(i -> !matched.get(i))
        .mapToObj(i -> exclude.get(i).toString())
        .toList();
  }
}
