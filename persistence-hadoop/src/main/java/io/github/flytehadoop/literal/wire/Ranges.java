/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.util.Arrays;

/** Parts of one array of bytes, eight bytes of memory each. */
final class Ranges {
  private long[] ranges = new long[2];
  private int size;

  void add(int start, int end) {
    if (size == ranges.length) {
      ranges = Arrays.copyOf(ranges, size + (size >> 1) + 1);
    }
    ranges[size++] = ((long) start << 32) | end;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int start(int index) {
    return (int) (ranges[index] >>> 32);
  }

  int end(int index) {
    return (int) ranges[index];
  }
}
