/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.util.Arrays;

/**
 * Writes a message and the messages in it into one buffer. A field that is zero or empty is not
 * written, unless the method's name says so.
 */
public final class WireWriter {
  private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private byte[] buffer = new byte[256];
  private int size;
  private int depth;

  /** What was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Writes an integer, a boolean or an enum. */
  public void number(int field, long value) throws WireException {
    if (value != 0) {
      presentNumber(field, value);
    }
  }

  /** Writes an integer, a boolean or an enum, zero too. */
  public void presentNumber(int field, long value) throws WireException {
    varint(((long) field << 3) | WireShape.VARINT);
    varint(value);
  }

  /** Writes a double, zero too. */
  public void presentReal(int field, double value) throws WireException {
    varint(((long) field << 3) | WireShape.FIXED64);
    reserve(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      buffer[size++] = (byte) (bits >>> (8 * i));
    }
  }

  /** Writes a text. */
  public void text(int field, String value) throws WireException {
    bytes(field, Utf8.encode(value));
  }

  /** Writes a text, an empty one too. */
  public void presentText(int field, String value) throws WireException {
    presentBytes(field, Utf8.encode(value));
  }

  /** Writes bytes. */
  public void bytes(int field, byte[] value) throws WireException {
    if (value.length > 0) {
      presentBytes(field, value);
    }
  }

  /** Writes bytes, none too. */
  public void presentBytes(int field, byte[] value) throws WireException {
    varint(((long) field << 3) | WireShape.BYTES);
    varint(value.length);
    raw(value);
  }

  /** Begins a message, and gives what {@link #close(int)} asks for. */
  public int open(int field) throws WireException {
    if (++depth > WireMessage.MAX_DEPTH) {
      throw new WireException(
          "more than " + WireMessage.MAX_DEPTH + " messages are inside each other");
    }
    varint(((long) field << 3) | WireShape.BYTES);
    reserve(1);
    return ++size;
  }

  /** Ends the message that was begun last. */
  public void close(int start) throws WireException {
    depth--;
    int length = size - start;
    int more = (38 - Integer.numberOfLeadingZeros(length | 1)) / 7 - 1;
    if (more > 0) {
      reserve(more);
      System.arraycopy(buffer, start, buffer, start + more, length);
    }
    size = start - 1;
    varint(length);
    size += length;
  }

  /** Ends the message that was begun last with its unknown fields. */
  public void close(int start, WireBytes unknown) throws WireException {
    raw(unknown.own());
    close(start);
  }

  /** Writes the unknown fields of the message that is open. */
  public void unknown(WireBytes unknown) throws WireException {
    raw(unknown.own());
  }

  private void raw(byte[] bytes) throws WireException {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void varint(long value) throws WireException {
    reserve(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      buffer[size++] = (byte) ((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    buffer[size++] = (byte) left;
  }

  private void reserve(int more) throws WireException {
    if (more > MAX_SIZE - size) {
      throw new WireException("it is larger than 2 GiB");
    }
    if (size + more > buffer.length) {
      int twice = buffer.length > MAX_SIZE / 2 ? MAX_SIZE : 2 * buffer.length;
      buffer = Arrays.copyOf(buffer, Math.max(size + more, twice));
    }
  }
}
