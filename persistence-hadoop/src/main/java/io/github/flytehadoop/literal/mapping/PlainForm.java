/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.literal.codec.MsgpackWriter;
import io.github.flytehadoop.literal.codec.TimeCodec;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Java values as msgpack has them: dataclasses, files and tables are maps, times are texts and
 * seconds. Maps get the order of their keys, dataclasses keep that of their components.
 */
public final class PlainForm {
  private static final int MAX_DEPTH = 511;

  private PlainForm() {}

  /**
   * The msgpack of a value.
   *
   * @throws LiteralException when something in it has no such form
   */
  public static byte[] encode(@Nullable Object value) throws LiteralException {
    return encode(value, Place.of(""));
  }

  static byte[] encode(@Nullable Object value, Place place) throws LiteralException {
    return MsgpackWriter.write(of(value, place));
  }

  static @Nullable Object of(@Nullable Object value, Place place) throws LiteralException {
    place.checkDepth(MAX_DEPTH);
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null), place);
    }
    if (value == null || isPlain(value)) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number, place);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, place);
    }
    return LiteralForm.isList(value) ? list(LiteralForm.items(value), place) : object(value, place);
  }

  private static boolean isPlain(Object value) {
    return value instanceof String || value instanceof Boolean || value instanceof byte[];
  }

  private static Object number(Number number, Place place) throws LiteralException {
    if (Numbers.isReal(number)) {
      return number.doubleValue();
    }
    if (Numbers.isLong(number)) {
      return number.longValue();
    }
    if (number instanceof BigInteger wide && wide.signum() > 0 && wide.bitLength() <= Long.SIZE) {
      return wide;
    }
    throw noForm(number, place);
  }

  private static Map<Object, @Nullable Object> map(Map<?, ?> map, Place place)
      throws LiteralException {
    Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
    for (KeyOrder.Key key : KeyOrder.sorted(map.keySet(), place)) {
      Object value = map.get(key.original());
      plain.put(key.plain(), of(value, place.at(String.valueOf(key.original()))));
    }
    return plain;
  }

  private static List<@Nullable Object> list(List<?> items, Place place) throws LiteralException {
    List<@Nullable Object> plain = new ArrayList<>(items.size());
    for (Object item : items) {
      plain.add(of(item, place.item(plain.size())));
    }
    return plain;
  }

  private static @Nullable Object time(Object value, Place place) throws LiteralException {
    if (value instanceof LocalDate day) {
      return day.toString();
    }
    if (value instanceof Duration duration) {
      return Times.seconds(duration);
    }
    Instant instant = Times.instant(value);
    if (instant == null) {
      return null;
    }
    if (!TimeCodec.isWritable(instant)) {
      throw place.cannotWrite("the time is not within the years 1 to 9999", "");
    }
    return Times.text(instant);
  }

  private static Object object(Object value, Place place) throws LiteralException {
    Object time = time(value, place);
    if (time != null) {
      return time;
    }
    if (value instanceof Enum<?> constant) {
      return Enums.value(constant);
    }
    if (value instanceof FlyteFile file) {
      return Map.of("path", file.uri());
    }
    if (value instanceof FlyteDirectory directory) {
      return Map.of("path", directory.uri());
    }
    if (value instanceof StructuredDataset dataset) {
      return dataset(dataset);
    }
    if (RecordShape.isDataclass(value.getClass())) {
      return dataclass(value, place);
    }
    throw noForm(value, place);
  }

  private static Map<String, String> dataset(StructuredDataset dataset) {
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("uri", dataset.uri());
    plain.put("file_format", dataset.format());
    return plain;
  }

  private static Map<String, @Nullable Object> dataclass(Object value, Place place)
      throws LiteralException {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (var field : RecordShape.of(value.getClass()).values(value, place).entrySet()) {
      plain.put(field.getKey(), of(field.getValue(), place.at(field.getKey())));
    }
    return plain;
  }

  private static LiteralException noForm(Object value, Place place) {
    return place.cannotWrite(
        "Flyte has nothing for " + value.getClass().getName(),
        "Use a String, a FlyteFile or a record.");
  }
}
