/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import io.github.flytehadoop.literal.wire.WireShape.Form;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message, read by its {@link WireShape}. Fields it does not know, or that are of another wire
 * type, become part of {@link #unknown()}. A message in it is read when asked for; nothing is
 * copied before.
 */
public final class WireMessage {
  /** From so many bytes on, what is in it is better read again than kept. */
  private static final int LARGE_BYTES = 1 << 20;

  /** How many messages may be inside each other: as many as Python reads. */
  static final int MAX_DEPTH = 100;

  private final byte[] bytes;
  private final WireShape shape;
  private final int depth;
  private final long[] numbers;
  private final @Nullable Ranges[] ranges;
  private final @Nullable WireMessage above;
  private final WireBytes.Slot slot;
  private final ByteArrayOutputStream own = new ByteArrayOutputStream(0);
  private Map<WireBytes.Slot, WireMessage> withUnknown = Map.of();
  private long present;
  private int chosen;

  private WireMessage(
      byte[] bytes, WireShape shape, int depth, @Nullable WireMessage above, WireBytes.Slot slot)
      throws WireException {
    if (depth > MAX_DEPTH) {
      throw new WireException("more than " + MAX_DEPTH + " messages are inside each other");
    }
    this.bytes = bytes;
    this.shape = shape;
    this.depth = depth;
    this.above = above;
    this.slot = slot;
    this.numbers = new long[shape.fields()];
    this.ranges = new Ranges[shape.fields()];
  }

  /** Reads a whole message. */
  public static WireMessage of(byte[] bytes, WireShape shape) throws WireException {
    WireMessage message = new WireMessage(bytes, shape, 0, null, WireBytes.Slot.WHOLE);
    message.read(0, bytes.length);
    return message;
  }

  /**
   * Whether it is part of so many bytes that what is in it takes much more memory than they do: the
   * lists and maps in it are read when asked for, and not kept.
   */
  public boolean isLarge() {
    return bytes.length >= LARGE_BYTES;
  }

  /** Whether the field is there, be it zero or empty. */
  public boolean has(int field) {
    return ((present >>> field) & 1) != 0;
  }

  /** The one field of those that exclude each other: the last one, or 0. */
  public int chosen() {
    return chosen;
  }

  /** An integer, 0 when absent. */
  public long number(int field) {
    return numbers[field];
  }

  /** An integer of 32 bits, 0 when absent. */
  public int int32(int field) {
    return (int) numbers[field];
  }

  /** A double, 0 when absent. */
  public double real(int field) {
    return Double.longBitsToDouble(numbers[field]);
  }

  /** A text, empty when absent. */
  public String text(int field) throws WireException {
    Ranges range = ranges[field];
    return range == null ? "" : Utf8.decode(bytes, range.start(0), range.end(0));
  }

  /** Bytes, empty when absent. */
  public byte[] bytes(int field) {
    Ranges range = ranges[field];
    return range == null ? new byte[0] : Arrays.copyOfRange(bytes, range.start(0), range.end(0));
  }

  /** How often a field that repeats is there. */
  public int count(int field) {
    Ranges all = ranges[field];
    return all == null ? 0 : all.size();
  }

  /** One text of a field that repeats. */
  public String text(int field, int index) throws WireException {
    Ranges all = all(field);
    return Utf8.decode(bytes, all.start(index), all.end(index));
  }

  /** The message in a field, an empty one when absent; its unknown fields belong to this one's. */
  public WireMessage message(int field, WireShape of) throws WireException {
    return merged(field, new WireMessage(bytes, of, depth + 1, this, new WireBytes.Slot(field, 0)));
  }

  /** The message in a field, an empty one when absent; it keeps its own unknown fields. */
  public WireMessage separate(int field, WireShape of) throws WireException {
    return merged(field, new WireMessage(bytes, of, depth + 1, null, WireBytes.Slot.WHOLE));
  }

  /** One message of a field that repeats; it keeps its own unknown fields. */
  public WireMessage separate(int field, int index, WireShape of) throws WireException {
    Ranges all = all(field);
    WireMessage message = new WireMessage(bytes, of, depth + 1, null, WireBytes.Slot.WHOLE);
    message.read(all.start(index), all.end(index));
    return message;
  }

  /** Makes the unknown fields of a message that was read to its end part of this one's. */
  public void adopt(int field, Object place, WireMessage message) {
    WireBytes.Slot there = new WireBytes.Slot(field, place);
    if (message.hasUnknown()) {
      keepUnknown(there, message);
    } else if (!withUnknown.isEmpty()) {
      withUnknown.remove(there);
    }
  }

  /** The unknown fields of this message and of those read from it by {@link #message}. */
  public WireBytes unknown() {
    if (!hasUnknown()) {
      return WireBytes.NONE;
    }
    Map<WireBytes.Slot, WireBytes> below = new HashMap<>();
    for (Map.Entry<WireBytes.Slot, WireMessage> entry : withUnknown.entrySet()) {
      // a later message in its place may have taken all it had
      WireBytes fields = entry.getValue().unknown();
      if (!fields.isEmpty()) {
        below.put(entry.getKey(), fields);
      }
    }
    return own.size() == 0 && below.isEmpty()
        ? WireBytes.NONE
        : new WireBytes(own.toByteArray(), below);
  }

  /** A field that is known, as it came. */
  public WireBytes fragment(int field) throws WireException {
    WireWriter out = new WireWriter();
    Ranges parts = ranges[field];
    if (shape.form(field) == Form.NUMBER) {
      out.presentNumber(field, numbers[field]);
    }
    for (int i = 0; parts != null && i < parts.size(); i++) {
      out.presentBytes(field, Arrays.copyOfRange(bytes, parts.start(i), parts.end(i)));
    }
    return WireBytes.of(out.toByteArray());
  }

  private boolean hasUnknown() {
    return own.size() > 0 || !withUnknown.isEmpty();
  }

  private void keepUnknown(WireBytes.Slot there, WireMessage message) {
    if (withUnknown.isEmpty()) {
      withUnknown = new HashMap<>();
    }
    withUnknown.put(there, message);
    if (above != null) {
      above.keepUnknown(slot, this);
    }
  }

  private WireMessage merged(int field, WireMessage message) throws WireException {
    Ranges parts = ranges[field];
    for (int i = 0; parts != null && i < parts.size(); i++) {
      message.read(parts.start(i), parts.end(i));
    }
    return message;
  }

  private Ranges all(int field) {
    Ranges all = ranges[field];
    if (all == null) {
      throw new IndexOutOfBoundsException("field " + field + " is not there");
    }
    return all;
  }

  private void read(int start, int end) throws WireException {
    WireCursor cursor = new WireCursor(bytes, start, end);
    while (cursor.next()) {
      int field = cursor.field();
      if (shape.knows(field, cursor.wireType())) {
        keep(field, cursor);
      } else {
        own.write(bytes, cursor.start(), cursor.end() - cursor.start());
      }
    }
    if (above != null && own.size() > 0) {
      above.keepUnknown(slot, this);
    }
  }

  private void keep(int field, WireCursor cursor) throws WireException {
    boolean again = has(field) && (!shape.isOneOf(field) || chosen == field);
    present |= 1L << field;
    if (shape.isOneOf(field)) {
      chosen = field;
    }
    Form form = shape.form(field);
    if (form == Form.NUMBER || form == Form.DOUBLE) {
      numbers[field] = cursor.number();
      return;
    }
    Ranges all = ranges[field];
    if (all == null) {
      ranges[field] = all = new Ranges();
    } else if (!again || form == Form.TEXT) {
      all.clear();
    }
    all.add(cursor.valueStart(), cursor.end());
  }
}
