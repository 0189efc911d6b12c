/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.spill;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link VarintWriter} wrote, in the same order. */
public final class VarintReader {
  private final byte[] bytes;
  private int next;

  /** Starts with the first byte. */
  public VarintReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether everything has been read. */
  public boolean isAtEnd() {
    return next >= bytes.length;
  }

  /** The next number. */
  public long number() {
    long rest = 0;
    int shift = 0;
    byte part;
    do {
      part = bytes[next++];
      rest |= (long) (part & 0x7F) << shift;
      shift += 7;
    } while (part < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  /** The next text, or null where none was. */
  public @Nullable String textOrNull() {
    int length = (int) number();
    if (length < 0) {
      return null;
    }
    String text = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return text;
  }

  /** The next text. */
  public String text() {
    String text = textOrNull();
    if (text == null) {
      throw new IllegalStateException("a text was expected");
    }
    return text;
  }
}
