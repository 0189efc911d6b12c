/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.Problem;

/**
 * Bytes of a file, from {@code offset} on.
 *
 * @param offset first byte, from 0
 * @param lengthBytes how many, or {@link Attributes#UNKNOWN_LENGTH} for all that follow
 */
public record ByteRange(long offset, long lengthBytes) {
  /** The whole file. */
  public static final ByteRange WHOLE = new ByteRange(0, Attributes.UNKNOWN_LENGTH);

  /** Refuses negative offsets and lengths (B57). */
  public ByteRange {
    if (offset < 0 || lengthBytes < Attributes.UNKNOWN_LENGTH) {
      throw Problem.cannot("read the range " + offset + "+" + lengthBytes)
          .because("both must be at least 0")
          .argument();
    }
  }

  /** Whether nothing bounds the range. */
  public boolean isWhole() {
    return offset == 0 && lengthBytes == Attributes.UNKNOWN_LENGTH;
  }
}
