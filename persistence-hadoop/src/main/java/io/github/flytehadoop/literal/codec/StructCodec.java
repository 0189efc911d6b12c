/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.wire.LazyList;
import io.github.flytehadoop.literal.wire.LazyMap;
import io.github.flytehadoop.literal.wire.Utf8Order;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code google.protobuf.Struct}: maps, lists, texts, doubles, booleans and null. */
final class StructCodec {
  static final WireShape STRUCT = WireShape.empty().with(1, Form.REPEATED);

  private static final WireShape ENTRY = WireShape.empty().with(1, Form.TEXT).with(2, Form.MESSAGE);
  private static final WireShape LIST = WireShape.empty().with(1, Form.REPEATED);
  private static final int NULL = 1;
  private static final int NUMBER = 2;
  private static final int TEXT = 3;
  private static final int BOOLEAN = 4;
  private static final int MAP = 5;
  private static final int ITEMS = 6;
  private static final WireShape VALUE =
      WireShape.empty()
          .oneOf(Form.NUMBER, NULL, BOOLEAN)
          .oneOf(Form.DOUBLE, NUMBER)
          .oneOf(Form.TEXT, TEXT)
          .oneOf(Form.MESSAGE, MAP, ITEMS);

  private StructCodec() {}

  static Map<String, @Nullable Object> read(WireMessage struct) throws WireException {
    boolean lazy = struct.isLarge();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < struct.count(1); i++) {
      WireMessage entry = struct.separate(1, i, ENTRY);
      WireMessage value = entry.separate(2, VALUE);
      Object read = value(value);
      struct.adopt(1, entry.text(1), value);
      if (!lazy) {
        fields.put(entry.text(1), read);
      }
    }
    return lazy
        ? LazyMap.of(struct, ENTRY, entry -> value(entry.separate(2, VALUE)))
        : Collections.unmodifiableMap(fields);
  }

  static void write(WireWriter out, Map<String, @Nullable Object> fields, WireBytes rest)
      throws WireException {
    for (Map.Entry<String, @Nullable Object> field : Utf8Order.sorted(fields).entrySet()) {
      int entry = out.open(1);
      out.presentText(1, field.getKey());
      value(out, 2, field.getValue(), rest.below(1, field.getKey()));
      out.close(entry);
    }
  }

  private static @Nullable Object value(WireMessage value) throws WireException {
    return switch (value.chosen()) {
      case NUMBER -> value.real(NUMBER);
      case TEXT -> value.text(TEXT);
      case BOOLEAN -> value.number(BOOLEAN) != 0;
      case MAP -> read(value.message(MAP, STRUCT));
      case ITEMS -> list(value.message(ITEMS, LIST));
      default -> null;
    };
  }

  private static List<@Nullable Object> list(WireMessage list) throws WireException {
    int count = list.count(1);
    boolean lazy = list.isLarge();
    List<@Nullable Object> items = new ArrayList<>(lazy ? 0 : count);
    for (int i = 0; i < count; i++) {
      WireMessage value = list.separate(1, i, VALUE);
      Object read = value(value);
      list.adopt(1, i, value);
      if (!lazy) {
        items.add(read);
      }
    }
    return lazy
        ? new LazyList<>(count, i -> value(list.separate(1, i, VALUE)))
        : Collections.unmodifiableList(items);
  }

  @SuppressWarnings("unchecked")
  private static void value(WireWriter out, int field, @Nullable Object value, WireBytes rest)
      throws WireException {
    int start = out.open(field);
    if (value == null) {
      out.presentNumber(NULL, 0);
    } else if (value instanceof Number number) {
      out.presentReal(NUMBER, number.doubleValue());
    } else if (value instanceof String text) {
      out.presentText(TEXT, text);
    } else if (value instanceof Boolean truth) {
      out.presentNumber(BOOLEAN, truth ? 1 : 0);
    } else if (value instanceof Map<?, ?> map) {
      int struct = out.open(MAP);
      write(out, (Map<String, @Nullable Object>) map, rest.below(MAP));
      out.close(struct, rest.below(MAP));
    } else if (value instanceof List<?> items) {
      int list = out.open(ITEMS);
      for (int i = 0; i < items.size(); i++) {
        value(out, 1, items.get(i), rest.below(ITEMS).below(1, i));
      }
      out.close(list, rest.below(ITEMS));
    } else {
      throw new WireException("a struct cannot hold a " + value.getClass().getSimpleName());
    }
    out.close(start, rest);
  }
}
