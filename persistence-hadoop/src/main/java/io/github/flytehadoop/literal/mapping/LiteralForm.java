/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralDialect;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.BinaryValue;
import io.github.flytehadoop.literal.LiteralValue.BlobValue;
import io.github.flytehadoop.literal.LiteralValue.BooleanValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.DatetimeValue;
import io.github.flytehadoop.literal.LiteralValue.Dimensionality;
import io.github.flytehadoop.literal.LiteralValue.DurationValue;
import io.github.flytehadoop.literal.LiteralValue.FloatValue;
import io.github.flytehadoop.literal.LiteralValue.IntegerValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.NoneValue;
import io.github.flytehadoop.literal.LiteralValue.StringValue;
import io.github.flytehadoop.literal.LiteralValue.StructuredDatasetValue;
import io.github.flytehadoop.literal.Msgpack;
import io.github.flytehadoop.literal.StructuredDataset;
import java.lang.reflect.Array;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Java values as literals, by their classes alone: nothing becomes a union. */
final class LiteralForm {
  /** More than this cannot be written, however the values are nested. */
  static final int MAX_DEPTH = 100;

  private final LiteralDialect dialect;

  LiteralForm(LiteralDialect dialect) {
    this.dialect = dialect;
  }

  Literal of(@Nullable Object value, Place place) throws LiteralException {
    return value instanceof Literal literal ? literal : new Literal(value(value, place));
  }

  private LiteralValue value(@Nullable Object value, Place place) throws LiteralException {
    place.checkDepth(MAX_DEPTH);
    if (value == null) {
      return NoneValue.NONE;
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null), place).value();
    }
    if (value instanceof LiteralValue literal) {
      return literal;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, place);
    }
    if (isList(value)) {
      return list(items(value), place);
    }
    LiteralValue scalar = scalar(value, place);
    return scalar == null ? reference(value, place) : scalar;
  }

  private LiteralValue map(Map<?, ?> map, Place place) throws LiteralException {
    if (!map.keySet().stream().allMatch(String.class::isInstance)) {
      return msgpack(map, place);
    }
    Map<String, Literal> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = (String) entry.getKey();
      entries.put(key, of(entry.getValue(), place.at(key)));
    }
    return new MapValue(entries);
  }

  private LiteralValue list(List<?> items, Place place) throws LiteralException {
    List<Literal> elements = new ArrayList<>(items.size());
    for (Object item : items) {
      elements.add(of(item, place.item(elements.size())));
    }
    return new CollectionValue(elements);
  }

  /** Whether it is a collection or an array; bytes are neither. */
  static boolean isList(Object value) {
    return value instanceof Collection<?>
        || (value.getClass().isArray() && !(value instanceof byte[]));
  }

  static List<?> items(Object value) {
    if (value instanceof Collection<?> items) {
      return new ArrayList<>(items);
    }
    List<@Nullable Object> items = new ArrayList<>(Array.getLength(value));
    for (int i = 0; i < Array.getLength(value); i++) {
      items.add(Array.get(value, i));
    }
    return items;
  }

  static LiteralValue msgpack(@Nullable Object value, Place place) throws LiteralException {
    return new BinaryValue(PlainForm.encode(value, place), Msgpack.TAG);
  }

  /** Null when the value is no scalar. */
  private @Nullable LiteralValue scalar(Object value, Place place) throws LiteralException {
    if (value instanceof String text) {
      return new StringValue(text);
    }
    if (value instanceof Boolean truth) {
      return new BooleanValue(truth);
    }
    if (value instanceof Number number) {
      return number(number, place);
    }
    Instant instant = Times.instant(value);
    if (instant != null) {
      return new DatetimeValue(instant);
    }
    if (value instanceof LocalDate day) {
      return new DatetimeValue(Times.start(day));
    }
    if (value instanceof Duration duration) {
      return new DurationValue(duration);
    }
    return value instanceof Enum<?> constant
        ? new StringValue(Enums.text(constant, dialect))
        : null;
  }

  private static LiteralValue number(Number number, Place place) throws LiteralException {
    if (Numbers.isReal(number)) {
      return new FloatValue(number.doubleValue());
    }
    if (Numbers.isLong(number)) {
      return new IntegerValue(number.longValue());
    }
    throw noLiteral(number, place);
  }

  private static LiteralValue reference(Object value, Place place) throws LiteralException {
    if (value instanceof FlyteFile file) {
      return new BlobValue(file.uri(), file.format(), Dimensionality.SINGLE);
    }
    if (value instanceof FlyteDirectory directory) {
      return new BlobValue(directory.uri(), directory.format(), Dimensionality.MULTIPART);
    }
    if (value instanceof StructuredDataset dataset) {
      return new StructuredDatasetValue(dataset);
    }
    if (RecordShape.isDataclass(value.getClass())) {
      return msgpack(value, place);
    }
    throw noLiteral(value, place);
  }

  private static LiteralException noLiteral(Object value, Place place) {
    return place.cannotWrite(
        "Flyte has no literal for "
            + (value instanceof byte[] ? "bytes" : value.getClass().getName()),
        "Declare str, FlyteFile or a dataclass in Python, and write a String, a FlyteFile or a"
            + " record.");
  }
}
