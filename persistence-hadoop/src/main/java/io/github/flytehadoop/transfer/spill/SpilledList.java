/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.spill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Values in the order in which they were added, in bounded memory. It may be read several times,
 * also at once, but not while it grows. Iterators throw {@link UncheckedIOException} when the disk
 * fails.
 */
public final class SpilledList<T> implements Iterable<T> {
  private static final int BLOCK_BYTES = 64 << 10;

  private final Codec<T> codec;
  private final SpillFile space;
  private final List<SpillFile.Block> blocks = new ArrayList<>();
  private final VarintWriter open = new VarintWriter();
  private long size;

  /** An empty list. */
  public SpilledList(Codec<T> codec, SpillFile space) {
    this.codec = codec;
    this.space = space;
  }

  /** Appends. */
  public void add(T value) throws IOException {
    codec.write(value, open);
    size++;
    if (open.length() >= BLOCK_BYTES) {
      blocks.add(space.put(open.toBytes()));
      open.clear();
    }
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private VarintReader reader = new VarintReader(new byte[0]);
      private int nextBlock;

      @Override
      public boolean hasNext() {
        while (reader.isAtEnd() && nextBlock <= blocks.size()) {
          reader = new VarintReader(block(nextBlock));
          nextBlock++;
        }
        return !reader.isAtEnd();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return codec.read(reader);
      }
    };
  }

  private byte[] block(int number) {
    if (number == blocks.size()) {
      return open.toBytes();
    }
    try {
      return blocks.get(number).bytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
