/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list that keeps no value: each is read from its bytes when asked for, so that millions of tiny
 * ones take no more memory than their bytes. Whoever makes it has read every value once before, and
 * so they can be read.
 */
public final class LazyList<T extends @Nullable Object> extends AbstractList<T>
    implements RandomAccess {
  private final int size;
  private final Source<T, ?> source;

  /** A list of the values of a source. */
  public LazyList(int size, Source<T, ?> source) {
    this.size = size;
    this.source = source;
  }

  @Override
  public @Nullable T get(int index) {
    Objects.checkIndex(index, size);
    try {
      return source.at(index);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public int size() {
    return size;
  }
}
