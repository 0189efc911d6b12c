/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.spill;

/** How values of one kind become bytes. */
public interface Codec<T> {
  /** Appends a value. */
  void write(T value, VarintWriter out);

  /** The value that was written where the reader is. */
  T read(VarintReader in);

  /** About how many bytes of heap a value takes. */
  int weightBytes(T value);
}
