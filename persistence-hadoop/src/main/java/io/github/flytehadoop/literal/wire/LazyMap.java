/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map that keeps no key and no value, in the order they came: as a {@link LazyList}. Finding a
 * key costs a few bytes of memory an entry.
 */
public final class LazyMap<V extends @Nullable Object> extends AbstractMap<String, V> {
  /** Makes a value of another one, equal at each call. */
  @FunctionalInterface
  public interface Reading<V extends @Nullable Object, R extends @Nullable Object> {
    /**
     * The value in place of another one.
     *
     * @throws IOException when there is none
     */
    @Nullable R of(String key, V value) throws IOException;
  }

  private final KeyIndex keys;
  private final Source<V, ?> values;

  private LazyMap(KeyIndex keys, Source<V, ?> values) {
    this.keys = keys;
    this.values = values;
  }

  /** Reads the value of an entry. */
  @FunctionalInterface
  public interface Value<V extends @Nullable Object> {
    /**
     * The value, equal at each call.
     *
     * @throws WireException when it is damaged
     */
    @Nullable V of(WireMessage entry) throws WireException;
  }

  /**
   * A map of the entries in field 1 of a message, whose own fields 1 are the keys; of entries with
   * one key the last one counts.
   *
   * @throws WireException when a key cannot be read
   */
  public static <V extends @Nullable Object> LazyMap<V> of(
      WireMessage map, WireShape entry, Value<V> value) throws WireException {
    return new LazyMap<>(KeyIndex.of(map, entry), index -> value.of(map.separate(1, index, entry)));
  }

  /** A map of the same keys with other values, which are made when asked for. */
  @SuppressWarnings("NullAway") // a value is null where its type says so
  public <R extends @Nullable Object> LazyMap<R> mapped(Reading<V, R> reading) {
    return new LazyMap<>(keys, index -> reading.of(keys.key(index), values.at(index)));
  }

  private @Nullable V value(int index) {
    try {
      return values.at(index);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    int index = key instanceof String text ? keys.find(text) : KeyIndex.ABSENT;
    return index == KeyIndex.ABSENT ? null : value(index);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String text && keys.find(text) != KeyIndex.ABSENT;
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, V>> {
    @Override
    public int size() {
      return keys.size();
    }

    @Override
    public Iterator<Map.Entry<String, V>> iterator() {
      return new Iterator<>() {
        private int position;

        @Override
        public boolean hasNext() {
          return position < keys.size();
        }

        @Override
        public Map.Entry<String, V> next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          int index = keys.at(position++);
          return new SimpleImmutableEntry<>(keys.key(index), value(index));
        }
      };
    }
  }
}
