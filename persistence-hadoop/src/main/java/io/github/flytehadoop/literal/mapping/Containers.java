/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.wire.LazyList;
import io.github.flytehadoop.literal.wire.LazyMap;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, arrays and maps of whatever a reader gives. */
final class Containers {
  /** Reads what is inside. */
  interface Reader<S> {
    @Nullable Object read(S source, JavaType type, Place place) throws LiteralException;
  }

  private Containers() {}

  static boolean isList(JavaType type) {
    return type.raw().isAssignableFrom(List.class);
  }

  static <S extends @Nullable Object> Object list(
      List<S> items, JavaType type, Place place, Reader<S> reader) throws LiteralException {
    if (type.raw().isArray() && type.raw() != byte[].class) {
      return array(items, type, place, reader);
    }
    if (!type.raw().isAssignableFrom(List.class)) {
      throw Kinds.mismatch(items, type, place);
    }
    boolean lazy = items instanceof LazyList<S>;
    List<@Nullable Object> list = new ArrayList<>(lazy ? 0 : items.size());
    for (int i = 0; i < items.size(); i++) {
      Object item = reader.read(items.get(i), type.argument(0), place.item(i));
      if (!lazy) {
        list.add(item);
      }
    }
    return lazy
        ? new LazyList<>(
            items.size(), i -> reader.read(items.get(i), type.argument(0), place.item(i)))
        : Collections.unmodifiableList(list);
  }

  private static <S extends @Nullable Object> Object array(
      List<S> items, JavaType type, Place place, Reader<S> reader) throws LiteralException {
    Object array = Array.newInstance(type.raw().getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, reader.read(items.get(i), type.item(), place.item(i)));
    }
    return array;
  }

  @SuppressWarnings("unchecked") // a map is one of its own values
  static <S extends @Nullable Object> Object map(
      Map<?, S> entries, JavaType type, Place place, Reader<S> reader) throws LiteralException {
    if (!type.raw().isAssignableFrom(Map.class)) {
      throw Kinds.mismatch(entries, type, place);
    }
    if (entries instanceof LazyMap<?> && type.argument(0).raw().isAssignableFrom(String.class)) {
      return map((LazyMap<S>) entries, type.argument(1), place, reader);
    }
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, S> entry : entries.entrySet()) {
      Place there = place.at(String.valueOf(entry.getKey()));
      Object key = PlainReader.read(entry.getKey(), type.argument(0), there);
      if (map.containsKey(key)) {
        throw there.cannotRead(type.toString(), "another key is the same in Java", "");
      }
      map.put(key, reader.read(entry.getValue(), type.argument(1), there));
    }
    return Collections.unmodifiableMap(map);
  }

  /** Every value is read once, and is of the type; then again when it is asked for. */
  private static <S extends @Nullable Object> Object map(
      LazyMap<S> entries, JavaType type, Place place, Reader<S> reader) throws LiteralException {
    for (Map.Entry<String, S> entry : entries.entrySet()) {
      reader.read(entry.getValue(), type, place.at(entry.getKey()));
    }
    return entries.mapped((key, value) -> reader.read(value, type, place.at(key)));
  }
}
