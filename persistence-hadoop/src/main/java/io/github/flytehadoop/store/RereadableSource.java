/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that can be read as often as it takes, and in several ranges at once, so that nobody has
 * to hold its bytes for a request that is repeated.
 */
public interface RereadableSource {
  /** How many bytes it has. */
  long lengthBytes();

  /**
   * Opens a range of the version that was planned. The stream ends where the range does; one that
   * would end earlier, or that belongs to another version, fails instead.
   *
   * @throws io.github.flytehadoop.error.TransferException of kind {@code SOURCE_CHANGED} when it is
   *     another version than the planned one
   */
  InputStream open(ByteRange range) throws IOException;
}
