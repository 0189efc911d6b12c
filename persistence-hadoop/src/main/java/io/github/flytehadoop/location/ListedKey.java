/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import org.jspecify.annotations.Nullable;

/** Keys of a store that a listing of a tree finds and no path can name. */
public final class ListedKey {
  /** Of clients before S3A. */
  private static final String OLD_MARKER = "_$folder$";

  private ListedKey() {}

  /**
   * Why a client would leave out a key, or take it for another, as a clause; null when it does not.
   *
   * @param prefix that was listed, with a separator at its end
   */
  public static @Nullable String problemOf(String key, long sizeBytes, String prefix) {
    if ((key.endsWith("/") || key.endsWith(OLD_MARKER)) && sizeBytes > 0) {
      return "the key " + Printable.of(key) + " is named like a directory marker and has data";
    }
    String below = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    if (below.startsWith("/") || below.contains("//")) {
      return "the key " + Printable.of(key) + " has an empty segment, which no path can name";
    }
    return ("/" + below + "/").contains("/./")
        ? "the key " + Printable.of(key) + " has the segment ., which no path can name"
        : null;
  }
}
