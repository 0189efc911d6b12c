/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.codec;

import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.wire.Utf8;
import io.github.flytehadoop.literal.wire.WireException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Writes one value of msgpack: the shortest integers, doubles of 64 bits, maps as they come. */
public final class MsgpackWriter {
  private final MessageBufferPacker out;

  private MsgpackWriter(MessageBufferPacker out) {
    this.out = out;
  }

  /**
   * Writes what {@link MsgpackReader} gives.
   *
   * @throws LiteralException when it cannot be written
   */
  public static byte[] write(@Nullable Object value) throws LiteralException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      new MsgpackWriter(out).value(value, 0);
      return out.toByteArray();
    } catch (WireException impossible) {
      throw CodecFailure.writing("the msgpack", impossible);
    } catch (IOException unexpected) {
      throw CodecFailure.writing("the msgpack", new WireException("the buffer failed"));
    }
  }

  private void value(@Nullable Object value, int depth) throws IOException {
    if (depth > MsgpackReader.MAX_DEPTH) {
      throw new WireException(
          "more than " + MsgpackReader.MAX_DEPTH + " lists and maps are inside each other");
    }
    if (value instanceof Map<?, ?> map) {
      out.packMapHeader(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        value(entry.getKey(), depth + 1);
        value(entry.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      out.packArrayHeader(list.size());
      for (Object item : list) {
        value(item, depth + 1);
      }
    } else {
      scalar(value);
    }
  }

  private void scalar(@Nullable Object value) throws IOException {
    if (value == null) {
      out.packNil();
    } else if (value instanceof String text) {
      byte[] bytes = Utf8.encode(text);
      out.packRawStringHeader(bytes.length);
      out.writePayload(bytes);
    } else if (value instanceof Long number) {
      out.packLong(number);
    } else if (value instanceof BigInteger wide) {
      out.packBigInteger(wide);
    } else if (value instanceof Double real) {
      out.packDouble(real);
    } else if (value instanceof Boolean truth) {
      out.packBoolean(truth);
    } else if (value instanceof byte[] bytes) {
      out.packBinaryHeader(bytes.length);
      out.writePayload(bytes);
    } else {
      throw new WireException("it holds a " + value.getClass().getSimpleName());
    }
  }
}
