/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue.GenericValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Java values as {@code google.protobuf.Struct}, whose numbers are doubles. */
public final class StructForm {
  private StructForm() {}

  /**
   * The literal of a map.
   *
   * @throws LiteralException when something in it has no such form
   */
  public static Literal of(Map<String, ? extends @Nullable Object> fields) throws LiteralException {
    return new Literal(new GenericValue(map(fields, Place.of(""))));
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> fields, Place place)
      throws LiteralException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      Place there = place.at(String.valueOf(field.getKey()));
      if (!(field.getKey() instanceof String key)) {
        throw there.cannotWrite("a key of a struct is a text", "Use Msgpack.of.");
      }
      map.put(key, value(field.getValue(), there));
    }
    return map;
  }

  private static @Nullable Object value(@Nullable Object value, Place place)
      throws LiteralException {
    place.checkDepth(LiteralForm.MAX_DEPTH);
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, place);
    }
    if (LiteralForm.isList(value)) {
      List<@Nullable Object> items = new ArrayList<>();
      for (Object item : LiteralForm.items(value)) {
        items.add(value(item, place.item(items.size())));
      }
      return items;
    }
    if (value instanceof Number number) {
      return number(number, place);
    }
    throw noForm(value, place);
  }

  private static double number(Number number, Place place) throws LiteralException {
    if (Numbers.isReal(number)) {
      return number.doubleValue();
    }
    if (!Numbers.isNumber(number.getClass())) {
      throw noForm(number, place);
    }
    return Numbers.as(Numbers.wide(number), Double.class)
        .orElseThrow(() -> place.cannotWrite("no float is equal to the integer", ""))
        .doubleValue();
  }

  private static LiteralException noForm(Object value, Place place) {
    return place.cannotWrite(
        "a struct cannot hold " + value.getClass().getName(), "Use Msgpack.of.");
  }
}
