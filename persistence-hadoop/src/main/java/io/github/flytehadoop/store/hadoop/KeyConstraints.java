/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.nio.charset.StandardCharsets;

/**
 * Which keys a store can hold, so that others are refused before anything is sent.
 *
 * @param longestBytes of the whole key in UTF-8
 * @param forbidden characters
 * @param trailingDot whether a segment may end with a dot
 */
public record KeyConstraints(int longestBytes, String forbidden, TrailingDot trailingDot) {
  /** Whether a segment may end with a dot. */
  public enum TrailingDot {
    ALLOWED,
    REFUSED
  }

  /** Throws when the store cannot hold a key. */
  public void refuse(Location at) throws TransferException {
    String key = at.key();
    if (key.isEmpty()) {
      throw failure(at, "an object needs a key. Add one behind the bucket.");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > longestBytes) {
      throw failure(at, "keys have at most " + longestBytes + " bytes. Shorten it.");
    }
    if (key.chars().anyMatch(character -> forbidden.indexOf(character) >= 0)) {
      throw failure(at, "this store cannot hold one of its characters. Rename it.");
    }
    if (trailingDot == TrailingDot.REFUSED && (key + "/").contains("./")) {
      throw failure(at, "this store drops a dot at the end of a name. Rename it.");
    }
  }

  private static TransferException failure(Location at, String why) {
    return Problem.cannot("write", at.text()).because(why).exception();
  }
}
