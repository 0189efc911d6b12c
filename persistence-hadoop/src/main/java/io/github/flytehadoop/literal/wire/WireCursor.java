/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

/** Goes from field to field of a message. No length is believed before it is checked. */
final class WireCursor {
  private static final int GROUP = 3;
  private static final int GROUP_END = 4;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int limit;
  private int start;
  private int position;
  private int field;
  private int wireType;
  private int valueStart;
  private long number;

  WireCursor(byte[] bytes, int start, int limit) {
    this.bytes = bytes;
    this.position = start;
    this.limit = limit;
  }

  /** Reads a field with its value; false at the end. */
  boolean next() throws WireException {
    if (position == limit) {
      return false;
    }
    start = position;
    tag();
    value(0);
    return true;
  }

  int start() {
    return start;
  }

  int field() {
    return field;
  }

  int wireType() {
    return wireType;
  }

  long number() {
    return number;
  }

  int valueStart() {
    return valueStart;
  }

  int end() {
    return position;
  }

  private void tag() throws WireException {
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (tag >>> 32 != 0 || field == 0) {
      throw new WireException("a field in it has no valid number");
    }
  }

  private void value(int depth) throws WireException {
    switch (wireType) {
      case WireShape.VARINT -> number = varint();
      case WireShape.FIXED64 -> number = fixed64();
      case WireShape.BYTES -> {
        long length = varint();
        valueStart = position;
        skip(length);
      }
      case GROUP -> group(depth);
      case FIXED32 -> skip(4);
      default -> throw new WireException("a field in it has no valid wire type");
    }
  }

  private void group(int depth) throws WireException {
    if (depth == WireMessage.MAX_DEPTH) {
      throw new WireException("more than " + depth + " groups are inside each other");
    }
    int opened = field;
    tag();
    while (wireType != GROUP_END) {
      value(depth + 1);
      tag();
    }
    if (field != opened) {
      throw new WireException("a group in it ends with the number of another");
    }
    wireType = GROUP;
  }

  private void skip(long length) throws WireException {
    if (length < 0 || length > limit - position) {
      throw new WireException("a field in it is longer than what is left");
    }
    position += (int) length;
  }

  private long fixed64() throws WireException {
    int from = position;
    skip(8);
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (bytes[from + i] & 0xff);
    }
    return value;
  }

  private long varint() throws WireException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position == limit) {
        throw new WireException("it ends within a number");
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new WireException("a number in it has more than ten bytes");
  }
}
