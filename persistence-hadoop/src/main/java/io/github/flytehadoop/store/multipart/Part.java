/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import io.github.flytehadoop.store.ByteRange;
import java.io.Serializable;

/**
 * One part of a file that several workers write.
 *
 * @param number from 1, in the order of the file
 * @param offset first byte
 * @param lengthBytes how many; only the last part may be shorter than the others
 */
public record Part(int number, long offset, long lengthBytes) implements Serializable {
  /** The bytes of the source that it holds. */
  public ByteRange range() {
    return new ByteRange(offset, lengthBytes);
  }
}
