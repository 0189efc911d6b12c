/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a part, from its first again each time: a part that is sent again is read again. */
public interface PartSource {
  /**
   * A stream of exactly the part's bytes, or one that fails.
   *
   * @throws io.github.flytehadoop.error.TransferException of kind {@code SOURCE_CHANGED} when it is
   *     another version than the planned one
   */
  InputStream open() throws IOException;
}
