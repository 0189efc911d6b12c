/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.LiteralException;
import java.time.Instant;
import java.time.LocalDate;

/** Values that are no list and no map, as literals have them. */
final class Scalars {
  private Scalars() {}

  /** The value as the type, exactly. */
  static Object read(Object value, JavaType type, Place place) throws LiteralException {
    Class<?> raw = type.raw();
    if (value instanceof Number number && Numbers.isNumber(raw)) {
      return Numbers.as(number, raw).orElseThrow(() -> Kinds.inexact(value, type, place));
    }
    if (raw.isInstance(value)) {
      return value;
    }
    if (value instanceof Instant instant && Times.isPoint(raw)) {
      return Times.ofInstant(instant, raw).orElseThrow(() -> Kinds.inexact(value, type, place));
    }
    if (value instanceof Instant instant && raw == LocalDate.class) {
      return Times.day(instant).orElseThrow(() -> Kinds.inexact(value, type, place));
    }
    if (value instanceof String text && raw.isEnum()) {
      return Enums.ofText(text, type, place);
    }
    throw Kinds.mismatch(value, type, place);
  }
}
