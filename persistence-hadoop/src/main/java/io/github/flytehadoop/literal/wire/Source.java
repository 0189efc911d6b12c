/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one of many values again each time it is asked for. */
@FunctionalInterface
public interface Source<T extends @Nullable Object, E extends IOException> {
  /**
   * The value of an index, equal at each call.
   *
   * @throws E when it cannot be read
   */
  @Nullable T at(int index) throws E;
}
