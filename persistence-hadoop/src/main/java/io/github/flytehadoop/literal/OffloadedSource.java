/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import java.io.IOException;

/** Reads the files of offloaded literals; {@link Literals#resolve} checks what it gives. */
@FunctionalInterface
public interface OffloadedSource {
  /**
   * The bytes of one file.
   *
   * @throws IOException when the file cannot be read
   */
  byte[] read(OffloadedValue offloaded) throws IOException;
}
