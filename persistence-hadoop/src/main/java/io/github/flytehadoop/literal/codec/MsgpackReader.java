/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.wire.Utf8;
import io.github.flytehadoop.literal.wire.WireException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Reads one value of msgpack. No length is believed before it is checked. Its values are kept. */
public final class MsgpackReader {
  /** How many lists and maps may be inside each other: as many as Python packs. */
  static final int MAX_DEPTH = 511;

  /** What a value takes that is read twice, as an entry of a map with its key. */
  private static final int BYTES_EACH = 256;

  private final MessageUnpacker in;
  private final int size;
  private long valuesLeft = Runtime.getRuntime().maxMemory() / BYTES_EACH;

  private MsgpackReader(MessageUnpacker in, int size) {
    this.in = in;
    this.size = size;
  }

  /**
   * Reads bytes that are one value.
   *
   * @throws LiteralException when they are not
   */
  public static @Nullable Object read(byte[] bytes) throws LiteralException {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes)) {
      MsgpackReader reader = new MsgpackReader(in, bytes.length);
      Object value = reader.value(0);
      if (reader.left() > 0) {
        throw new WireException("there are bytes behind it");
      }
      return value;
    } catch (WireException damaged) {
      throw CodecFailure.reading("the msgpack", damaged);
    } catch (MessagePackException | IOException damaged) {
      throw CodecFailure.reading("the msgpack", new WireException("it is damaged"));
    }
  }

  private long left() {
    return size - in.getTotalReadBytes();
  }

  private @Nullable Object value(int depth) throws IOException {
    if (--valuesLeft < 0) {
      throw new WireException("it holds more values than fit into the memory of this process");
    }
    MessageFormat format = in.getNextFormat();
    if (format == MessageFormat.NEVER_USED) {
      throw new WireException("a byte in it means nothing");
    }
    return switch (format.getValueType()) {
      case NIL -> nil();
      case BOOLEAN -> in.unpackBoolean();
      case INTEGER -> integer(format);
      case FLOAT -> in.unpackDouble();
      case STRING -> text();
      case BINARY -> payload(in.unpackBinaryHeader());
      case EXTENSION -> payload(in.unpackExtensionTypeHeader().getLength());
      case ARRAY -> list(depth + 1);
      case MAP -> map(depth + 1);
    };
  }

  private @Nullable Object nil() throws IOException {
    in.unpackNil();
    return null;
  }

  private Number integer(MessageFormat format) throws IOException {
    if (format != MessageFormat.UINT64) {
      return in.unpackLong();
    }
    BigInteger wide = in.unpackBigInteger();
    return wide.bitLength() < Long.SIZE ? (Number) wide.longValue() : wide;
  }

  private String text() throws IOException {
    byte[] bytes = payload(in.unpackRawStringHeader());
    return Utf8.decode(bytes, 0, bytes.length);
  }

  private byte[] payload(int length) throws IOException {
    return in.readPayload(checked(length, 1));
  }

  private List<@Nullable Object> list(int depth) throws IOException {
    int count = checked(in.unpackArrayHeader(), 1);
    checkDepth(depth);
    List<@Nullable Object> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(value(depth));
    }
    return Collections.unmodifiableList(items);
  }

  private Map<@Nullable Object, @Nullable Object> map(int depth) throws IOException {
    int count = checked(in.unpackMapHeader(), 2);
    checkDepth(depth);
    Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Object key = value(depth);
      entries.put(key, value(depth));
    }
    return Collections.unmodifiableMap(entries);
  }

  private int checked(int count, int bytesEach) throws WireException {
    if (count < 0 || (long) count * bytesEach > left()) {
      throw new WireException("a value in it is longer than what is left");
    }
    return count;
  }

  private static void checkDepth(int depth) throws WireException {
    if (depth > MAX_DEPTH) {
      throw new WireException("more than " + MAX_DEPTH + " lists and maps are inside each other");
    }
  }
}
