/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.Literal;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code LiteralCollection} and {@code LiteralMap}. Those of a large message are read to their end,
 * so that damage is found, and then again as they are asked for.
 */
final class ContainerCodec {
  static final WireShape SHAPE = WireShape.empty().with(1, Form.REPEATED);

  private static final WireShape ENTRY = WireShape.empty().with(1, Form.TEXT).with(2, Form.MESSAGE);

  private ContainerCodec() {}

  static List<Literal> elements(WireMessage collection) throws WireException {
    int count = collection.count(1);
    boolean lazy = collection.isLarge();
    List<Literal> elements = new ArrayList<>(lazy ? 0 : count);
    for (int i = 0; i < count; i++) {
      Literal element = element(collection, i);
      if (!lazy) {
        elements.add(element);
      }
    }
    return lazy ? new LazyList<>(count, i -> element(collection, i)) : elements;
  }

  private static Literal element(WireMessage collection, int index) throws WireException {
    return LiteralCodec.read(collection.separate(1, index, LiteralCodec.LITERAL));
  }

  static Map<String, Literal> entries(WireMessage map) throws WireException {
    int count = map.count(1);
    boolean lazy = map.isLarge();
    Map<String, Literal> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      WireMessage entry = map.separate(1, i, ENTRY);
      String key = entry.text(1);
      Literal value = value(entry);
      map.adopt(1, key, entry);
      if (!lazy) {
        entries.put(key, value);
      }
    }
    return lazy ? LazyMap.of(map, ENTRY, ContainerCodec::value) : entries;
  }

  private static Literal value(WireMessage entry) throws WireException {
    return LiteralCodec.read(entry.separate(2, LiteralCodec.LITERAL));
  }

  static void write(WireWriter out, List<Literal> elements) throws WireException {
    for (Literal element : elements) {
      LiteralCodec.write(out, 1, element);
    }
  }

  static void write(WireWriter out, Map<String, Literal> entries, WireBytes rest)
      throws WireException {
    for (Map.Entry<String, Literal> entry : Utf8Order.sorted(entries).entrySet()) {
      int start = out.open(1);
      out.presentText(1, entry.getKey());
      LiteralCodec.write(out, 2, entry.getValue());
      out.close(start, rest.below(1, entry.getKey()));
    }
  }
}
