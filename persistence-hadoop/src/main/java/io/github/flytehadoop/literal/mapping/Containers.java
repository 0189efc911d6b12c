/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.LiteralException;
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
    List<@Nullable Object> list = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      list.add(reader.read(items.get(i), type.argument(0), place.item(i)));
    }
    return Collections.unmodifiableList(list);
  }

  private static <S extends @Nullable Object> Object array(
      List<S> items, JavaType type, Place place, Reader<S> reader) throws LiteralException {
    Object array = Array.newInstance(type.raw().getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, reader.read(items.get(i), type.item(), place.item(i)));
    }
    return array;
  }

  static <S extends @Nullable Object> Object map(
      Map<?, S> entries, JavaType type, Place place, Reader<S> reader) throws LiteralException {
    if (!type.raw().isAssignableFrom(Map.class)) {
      throw Kinds.mismatch(entries, type, place);
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
}
