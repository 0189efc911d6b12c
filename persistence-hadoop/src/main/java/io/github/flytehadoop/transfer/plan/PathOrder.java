/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.plan;

import io.github.flytehadoop.store.ListingEntry;
import java.util.Comparator;

/**
 * The order in which listings are compared: by segments, so that everything below a directory
 * follows it at once, whatever else begins with its name.
 */
public final class PathOrder implements Comparator<ListingEntry> {
  @Override
  public int compare(ListingEntry one, ListingEntry other) {
    return compare(one.path().value(), other.path().value());
  }

  /** Compares two paths segment by segment. */
  public static int compare(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return one.length() - other.length();
  }

  private static int rank(char c) {
    return c == '/' ? -1 : c;
  }

  /** Whether a path lies below another. */
  static boolean isBelow(String path, String directory) {
    return path.length() > directory.length()
        && path.charAt(directory.length()) == '/'
        && path.startsWith(directory);
  }
}
