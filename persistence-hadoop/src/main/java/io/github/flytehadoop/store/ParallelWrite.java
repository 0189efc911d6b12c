/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A file of known length that several threads fill at once. As with {@link ObjectWrite}, nothing is
 * visible before {@link #commit()}, and closing without one leaves nothing behind.
 */
public interface ParallelWrite extends Closeable {
  /**
   * Writes all remaining bytes at an offset; ranges of different threads must not overlap.
   *
   * @throws io.github.flytehadoop.error.TransferException when the bytes cannot be kept, such as
   *     {@code LOCAL_IO} on a full disk
   */
  void writeAt(long offset, ByteBuffer bytes) throws IOException;

  /**
   * Makes the file visible, whole.
   *
   * @throws io.github.flytehadoop.error.TransferException when the file cannot be made visible;
   *     nothing of it is then
   */
  void commit() throws IOException;

  /** The version that was published, as {@link ObjectWrite#version()}. */
  default @Nullable String version() {
    return null;
  }

  /** Throws everything away unless committed. */
  @Override
  void close();
}
