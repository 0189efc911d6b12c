/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.spill;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers and texts in few bytes: small numbers take one, a text its UTF-8 form. */
public final class VarintWriter {
  private byte[] bytes = new byte[128];
  private int length;

  /** Nothing is written yet. */
  public VarintWriter() {}

  /** Appends a number; the nearer to 0, the shorter. */
  public void number(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Appends a text, or its absence. */
  public void text(@Nullable String value) {
    if (value == null) {
      number(-1);
      return;
    }
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** All of them. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Forgets them. */
  public void clear() {
    length = 0;
  }
}
