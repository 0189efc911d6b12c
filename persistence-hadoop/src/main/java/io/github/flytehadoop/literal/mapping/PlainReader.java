/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.StructuredDataset;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what msgpack or a struct holds as a Java type: there, times are texts and seconds, enums
 * are values, and files, tables and dataclasses are maps.
 */
final class PlainReader {
  private PlainReader() {}

  static @Nullable Object read(@Nullable Object value, JavaType type, Place place)
      throws LiteralException {
    if (type.raw() == Optional.class) {
      return value == null
          ? Optional.empty()
          : Optional.ofNullable(read(value, type.argument(0), place));
    }
    if (value == null) {
      if (type.primitive()) {
        throw Kinds.none(type, place);
      }
      return null;
    }
    if (type.raw() == Object.class) {
      return value;
    }
    if (value instanceof List<?> list) {
      return Containers.list(list, type, place, PlainReader::read);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, type, place);
    }
    return encoded(value, type, place);
  }

  private static Object map(Map<?, ?> map, JavaType type, Place place) throws LiteralException {
    Class<?> raw = type.raw();
    if (raw == FlyteFile.class && map.get("path") instanceof String uri) {
      return new FlyteFile(uri, text(map, "format"));
    }
    if (raw == FlyteDirectory.class && map.get("path") instanceof String uri) {
      return new FlyteDirectory(uri, text(map, "format"));
    }
    if (raw == StructuredDataset.class && map.get("uri") instanceof String uri) {
      return new StructuredDataset(uri, text(map, "file_format"));
    }
    if (RecordShape.isDataclass(raw)) {
      return RecordShape.of(raw).read(map, place);
    }
    return Containers.map(map, type, place, PlainReader::read);
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static Object encoded(Object value, JavaType type, Place place) throws LiteralException {
    Class<?> raw = type.raw();
    if (value instanceof String text && Times.isPoint(raw)) {
      return Times.instantIn(text)
          .flatMap(instant -> Times.ofInstant(instant, raw))
          .orElseThrow(() -> noTime("datetime with offset", type, place));
    }
    if (value instanceof String text && raw == LocalDate.class) {
      return Times.dayIn(text).orElseThrow(() -> noTime("date", type, place));
    }
    if (value instanceof Number seconds && raw == Duration.class) {
      return Times.durationOf(seconds).orElseThrow(() -> Kinds.inexact(value, type, place));
    }
    if (value instanceof String text && raw.isEnum()) {
      return Enums.ofValue(text, type, place);
    }
    return Scalars.read(value, type, place);
  }

  private static LiteralException noTime(String what, JavaType type, Place place) {
    return place.cannotRead(type.toString(), "the text is no " + what, "Declare it as String.");
  }
}
