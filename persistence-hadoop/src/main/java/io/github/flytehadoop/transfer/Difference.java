/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import java.util.Objects;

/**
 * One path that is not the same in two places.
 *
 * @param kind what is the matter
 * @param path below the two directories, literally; the name of the file when files were compared
 * @param why in words, such as the two lengths
 */
public record Difference(Kind kind, String path, String why) {
  /** What is the matter. */
  public enum Kind {
    /** Only the first place has it. */
    ONLY_FIRST,
    /** Only the second place has it. */
    ONLY_SECOND,
    /** Both have it, and the bytes are not the same. */
    DIFFERENT
  }

  /** Refuses null. */
  public Difference {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(why, "why");
  }
}
