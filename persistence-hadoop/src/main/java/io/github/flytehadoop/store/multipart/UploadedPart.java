/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import java.io.Serializable;

/**
 * A part that the store has, which is not yet visible.
 *
 * @param number from 1
 * @param lengthBytes as sent
 * @param tag how the store knows it: an etag, or the name of a file
 * @param crc32c of its bytes, or {@link #UNKNOWN} where they did not pass here
 */
public record UploadedPart(int number, long lengthBytes, String tag, long crc32c)
    implements Serializable {
  /** No checksum. */
  public static final long UNKNOWN = -1;

  /** The same with the checksum that was computed while the bytes passed. */
  public UploadedPart withCrc32c(long value) {
    return new UploadedPart(number, lengthBytes, tag, value);
  }
}
