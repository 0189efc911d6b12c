/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.util.Objects;

/**
 * How a directory is listed.
 *
 * @param links what symbolic links of a file system are
 * @param unsupported who hears of entries that cannot be transferred
 */
public record ListOptions(Links links, UnsupportedEntry.Handler unsupported) {
  /** What a symbolic link is. */
  public enum Links {
    /** The file or directory that it leads to, as long as that lies in the listed directory. */
    FOLLOWED,
    /** An entry of its own, a file: for a target, where nothing may be reached through a link. */
    ENTRIES
  }

  /** Follows links, and fails at the first entry that cannot be transferred. */
  public static final ListOptions STRICT =
      new ListOptions(Links.FOLLOWED, UnsupportedEntry.Handler.FAIL);

  /** Refuses null. */
  public ListOptions {
    Objects.requireNonNull(links, "links");
    Objects.requireNonNull(unsupported, "unsupported");
  }

  /** Follows links, and tells a handler of what cannot be transferred. */
  public static ListOptions telling(UnsupportedEntry.Handler handler) {
    return new ListOptions(Links.FOLLOWED, handler);
  }
}
