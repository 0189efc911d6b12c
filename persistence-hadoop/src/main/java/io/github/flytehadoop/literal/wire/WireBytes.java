/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.util.Arrays;
import java.util.Map;

/**
 * The unknown fields of a message and of the messages below it, as they came. They are written
 * after the known fields of the same message.
 */
public final class WireBytes {
  /** No unknown field. */
  public static final WireBytes NONE = new WireBytes(new byte[0], Map.of());

  /** Where a message is inside the one above it: a field, and a number or key if it repeats. */
  record Slot(int field, Object place) {
    static final Slot WHOLE = new Slot(0, 0);
  }

  private final byte[] own;
  private final Map<Slot, WireBytes> below;

  WireBytes(byte[] own, Map<Slot, WireBytes> below) {
    this.own = own;
    this.below = Map.copyOf(below);
  }

  /** Unknown fields of one message that has none below it. */
  public static WireBytes of(byte[] fields) {
    return fields.length == 0 ? NONE : new WireBytes(fields.clone(), Map.of());
  }

  /** Whether there is no unknown field, here or below. */
  public boolean isEmpty() {
    return own.length == 0 && below.isEmpty();
  }

  /** The unknown fields of the message itself: tags and values. */
  public byte[] toByteArray() {
    return own.clone();
  }

  /** The unknown fields of the message in a field that occurs once. */
  public WireBytes below(int field) {
    return below(field, 0);
  }

  /** The unknown fields of one of the messages in a field that repeats. */
  public WireBytes below(int field, Object place) {
    return below.isEmpty() ? NONE : below.getOrDefault(new Slot(field, place), NONE);
  }

  /** The last field that holds a text or a message and has at least this number, or 0. */
  public int lastFieldFrom(int number) throws WireException {
    int last = 0;
    WireCursor cursor = new WireCursor(own, 0, own.length);
    while (cursor.next()) {
      if (cursor.wireType() == WireShape.BYTES && cursor.field() >= number) {
        last = cursor.field();
      }
    }
    return last;
  }

  byte[] own() {
    return own;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WireBytes bytes
        && Arrays.equals(own, bytes.own)
        && below.equals(bytes.below);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(own) + below.hashCode();
  }

  @Override
  public String toString() {
    return isEmpty() ? "none" : own.length + " bytes, messages below " + below.keySet();
  }
}
