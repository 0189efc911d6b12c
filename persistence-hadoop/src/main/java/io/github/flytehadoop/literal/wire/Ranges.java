/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parts of one array of bytes, eight bytes of memory each. */
final class Ranges {
  private static final int PAGE_BITS = 16;
  private static final int PAGE = 1 << PAGE_BITS;

  /** Of the memory of the process, these may take one part of so many. */
  private static final int SHARE = 3;

  private long[] first = new long[2];
  private List<long[]> more = List.of();
  private int size;

  void add(int start, int end) throws WireException {
    long range = ((long) start << 32) | end;
    if (size < PAGE) {
      if (size == first.length) {
        first = Arrays.copyOf(first, Math.min(PAGE, size + (size >> 1) + 1));
      }
      first[size] = range;
    } else {
      if (size % PAGE == 0) {
        addPage();
      }
      more.get(more.size() - 1)[size % PAGE] = range;
    }
    size++;
  }

  /** Pages are not copied as they become more: millions of parts need no more than they take. */
  private void addPage() throws WireException {
    if ((more.size() + 2L) * PAGE * Long.BYTES > Runtime.getRuntime().maxMemory() / SHARE) {
      throw new WireException("it holds more values than fit into the memory of this process");
    }
    if (more.isEmpty()) {
      more = new ArrayList<>();
    }
    more.add(new long[PAGE]);
  }

  void clear() {
    size = 0;
    more = List.of();
  }

  int size() {
    return size;
  }

  int start(int index) {
    return (int) (range(index) >>> 32);
  }

  int end(int index) {
    return (int) range(index);
  }

  private long range(int index) {
    return index < PAGE ? first[index] : more.get((index >>> PAGE_BITS) - 1)[index % PAGE];
  }
}
