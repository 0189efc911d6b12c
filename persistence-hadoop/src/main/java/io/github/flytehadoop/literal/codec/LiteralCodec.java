/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue;
import io.github.flytehadoop.literal.LiteralValue.CollectionValue;
import io.github.flytehadoop.literal.LiteralValue.MapValue;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.UnknownValue;
import io.github.flytehadoop.literal.LiteralValue.UnsetValue;
import io.github.flytehadoop.literal.wire.Utf8Order;
import io.github.flytehadoop.literal.wire.WireBytes;
import io.github.flytehadoop.literal.wire.WireException;
import io.github.flytehadoop.literal.wire.WireMessage;
import io.github.flytehadoop.literal.wire.WireShape;
import io.github.flytehadoop.literal.wire.WireShape.Form;
import io.github.flytehadoop.literal.wire.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code Literal} and {@code LiteralMap}, which {@code Inputs} and {@code Outputs} of Flyte 2 are
 * too. Maps are written in the order of their keys, so that equal values become equal bytes.
 */
public final class LiteralCodec {
  private static final int SCALAR = 1;
  private static final int COLLECTION = 2;
  private static final int MAP = 3;
  private static final int HASH = 4;
  private static final int METADATA = 5;
  private static final int OFFLOADED = 8;

  /** Every kind of value is a message, and the fields up to here are taken. */
  private static final int FIRST_UNKNOWN_KIND = 10;

  static final WireShape LITERAL =
      WireShape.empty()
          .oneOf(Form.MESSAGE, SCALAR, COLLECTION, MAP, OFFLOADED)
          .with(HASH, Form.TEXT)
          .with(METADATA, Form.REPEATED);
  private static final WireShape TEXT_ENTRY =
      WireShape.empty().with(1, Form.TEXT).with(2, Form.TEXT);
  private static final WireShape CONTEXT = WireShape.empty().with(2, Form.REPEATED);
  private static final WireShape OFFLOADED_VALUE =
      WireShape.empty().with(1, Form.TEXT).with(2, Form.NUMBER).with(3, Form.MESSAGE);

  private LiteralCodec() {}

  /**
   * Reads one literal.
   *
   * @throws LiteralException when the bytes are none
   */
  public static Literal read(byte[] bytes) throws LiteralException {
    try {
      return read(WireMessage.of(bytes, LITERAL));
    } catch (WireException damaged) {
      throw CodecFailure.reading("the literal", damaged);
    }
  }

  /**
   * Reads inputs or outputs.
   *
   * @throws LiteralException when the bytes are none
   */
  public static LiteralMap readMap(byte[] bytes) throws LiteralException {
    try {
      WireMessage map = WireMessage.of(bytes, ContainerCodec.SHAPE);
      Map<String, Literal> entries = ContainerCodec.entries(map);
      return new LiteralMap(entries, map.unknown());
    } catch (WireException damaged) {
      throw CodecFailure.reading("the literals", damaged);
    }
  }

  /**
   * Reads the context that is among the unknown fields of inputs.
   *
   * @throws LiteralException when the bytes are none
   */
  public static Map<String, String> context(WireBytes rest) throws LiteralException {
    try {
      return texts(WireMessage.of(rest.toByteArray(), CONTEXT), 2);
    } catch (WireException damaged) {
      throw CodecFailure.reading("the context", damaged);
    }
  }

  /**
   * Writes one literal.
   *
   * @throws LiteralException when it cannot be written
   */
  public static byte[] write(Literal literal) throws LiteralException {
    try {
      WireWriter out = new WireWriter();
      write(out, literal);
      return out.toByteArray();
    } catch (WireException impossible) {
      throw CodecFailure.writing("the literal", impossible);
    }
  }

  /**
   * Writes inputs or outputs.
   *
   * @throws LiteralException when one cannot be written
   */
  public static byte[] write(LiteralMap map) throws LiteralException {
    try {
      WireWriter out = new WireWriter();
      ContainerCodec.write(out, map.literals(), map.rest());
      out.unknown(map.rest());
      return out.toByteArray();
    } catch (WireException impossible) {
      throw CodecFailure.writing("the literals", impossible);
    }
  }

  static Literal read(WireMessage literal) throws WireException {
    LiteralValue value = value(literal);
    String hash = literal.text(HASH);
    WireBytes unknown = literal.unknown();
    if (value instanceof UnsetValue && hash.isEmpty() && unknown.isEmpty()) {
      return literal.count(METADATA) == 0 ? Literal.UNSET : unset(literal);
    }
    int kind = value instanceof UnsetValue ? unknown.lastFieldFrom(FIRST_UNKNOWN_KIND) : 0;
    return new Literal(
        kind == 0 ? value : new UnknownValue(Integer.toString(kind), unknown),
        hash.isEmpty() ? null : hash,
        texts(literal, METADATA),
        kind == 0 ? unknown : WireBytes.NONE);
  }

  private static Literal unset(WireMessage literal) throws WireException {
    return Literal.UNSET.withMetadata(texts(literal, METADATA));
  }

  private static LiteralValue value(WireMessage literal) throws WireException {
    return switch (literal.chosen()) {
      case SCALAR -> scalar(literal);
      case COLLECTION ->
          new CollectionValue(
              ContainerCodec.elements(literal.message(COLLECTION, ContainerCodec.SHAPE)));
      case MAP -> new MapValue(ContainerCodec.entries(literal.message(MAP, ContainerCodec.SHAPE)));
      case OFFLOADED -> offloaded(literal.message(OFFLOADED, OFFLOADED_VALUE));
      default -> UnsetValue.UNSET;
    };
  }

  private static LiteralValue scalar(WireMessage literal) throws WireException {
    WireMessage scalar = literal.separate(SCALAR, ScalarCodec.SCALAR);
    LiteralValue value = ScalarCodec.read(scalar);
    if (value == null) {
      int kind = scalar.chosen() == 0 ? scalar.unknown().lastFieldFrom(1) : scalar.chosen();
      return new UnknownValue("1." + kind, literal.fragment(SCALAR));
    }
    literal.adopt(SCALAR, 0, scalar);
    return value;
  }

  private static LiteralValue offloaded(WireMessage offloaded) throws WireException {
    LiteralType type =
        offloaded.has(3) ? TypeCodec.read(offloaded.separate(3, TypeCodec.TYPE)) : null;
    return new OffloadedValue(offloaded.text(1), offloaded.number(2), type);
  }

  private static Map<String, String> texts(WireMessage message, int field) throws WireException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < message.count(field); i++) {
      WireMessage entry = message.separate(field, i, TEXT_ENTRY);
      texts.put(entry.text(1), entry.text(2));
    }
    return texts;
  }

  static void write(WireWriter out, int field, Literal literal) throws WireException {
    int start = out.open(field);
    write(out, literal);
    out.close(start);
  }

  private static void write(WireWriter out, Literal literal) throws WireException {
    int field = fieldOf(literal.value());
    if (field < HASH) {
      value(out, field, literal);
    }
    out.text(HASH, literal.hash() == null ? "" : literal.hash());
    for (Map.Entry<String, String> entry : Utf8Order.sorted(literal.metadata()).entrySet()) {
      int start = out.open(METADATA);
      out.presentText(1, entry.getKey());
      out.presentText(2, entry.getValue());
      out.close(start);
    }
    if (field > HASH) {
      value(out, field, literal);
    }
    out.unknown(literal.rest());
  }

  private static void value(WireWriter out, int field, Literal literal) throws WireException {
    if (literal.value() instanceof UnknownValue unknown) {
      out.unknown(unknown.bytes());
    } else if (!(literal.value() instanceof UnsetValue)) {
      WireBytes rest = literal.rest().below(field);
      int start = out.open(field);
      content(out, literal.value(), rest);
      out.close(start, rest);
    }
  }

  private static int fieldOf(LiteralValue value) {
    if (value instanceof CollectionValue) {
      return COLLECTION;
    }
    if (value instanceof MapValue) {
      return MAP;
    }
    return value instanceof OffloadedValue ? OFFLOADED : SCALAR;
  }

  private static void content(WireWriter out, LiteralValue value, WireBytes rest)
      throws WireException {
    if (value instanceof CollectionValue collection) {
      ContainerCodec.write(out, collection.elements());
    } else if (value instanceof MapValue map) {
      ContainerCodec.write(out, map.entries(), rest);
    } else if (value instanceof OffloadedValue offloaded) {
      out.text(1, offloaded.uri());
      out.number(2, offloaded.sizeBytes());
      if (offloaded.inferredType() != null) {
        TypeCodec.write(out, 3, offloaded.inferredType());
      }
    } else {
      ScalarCodec.write(out, value, rest);
    }
  }
}
