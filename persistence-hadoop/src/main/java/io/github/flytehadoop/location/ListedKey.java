/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import io.github.flytehadoop.error.Printable;
import org.jspecify.annotations.Nullable;

/** Keys of a store that a listing of a tree finds and no path can name. */
public final class ListedKey {
  private ListedKey() {}

  /** The clause for a key with data that a client takes for an empty directory. */
  public static String isLikeMarker(String key) {
    return "the key " + Printable.of(key) + " is named like a directory marker and has data";
  }

  /**
   * Why a client would leave out a key, or take it for another, as a clause; null when it does not.
   *
   * @param prefix that was listed, with a separator at its end
   */
  public static @Nullable String problemOf(String key, long sizeBytes, String prefix) {
    if (key.endsWith("/") && sizeBytes > 0) {
      return isLikeMarker(key);
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
