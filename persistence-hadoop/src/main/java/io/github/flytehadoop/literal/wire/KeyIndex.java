/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.io.UncheckedIOException;
import java.util.Arrays;

/** Finds the entries of a message by their keys, without keeping the keys. */
final class KeyIndex {
  static final int ABSENT = -1;

  /** Spreads hashes that lie side by side. */
  private static final int GOLDEN = 0x9e3779b9;

  private final WireMessage map;
  private final WireShape entry;

  /** Positions, each one more than it is, by the hashes of their keys. */
  private final int[] table;

  private int[] entries = new int[16];
  private int[] hashes = new int[16];
  private int size;

  private KeyIndex(WireMessage map, WireShape entry) {
    this.map = map;
    this.entry = entry;
    int count = map.count(1);
    this.table = new int[count + count / 2 + 1];
  }

  /** Of the entries in field 1 of a message, whose own fields 1 are the keys. */
  static KeyIndex of(WireMessage map, WireShape entry) throws WireException {
    KeyIndex index = new KeyIndex(map, entry);
    for (int i = 0; i < map.count(1); i++) {
      index.add(index.read(i), i);
    }
    index.resize(index.size);
    return index;
  }

  private String read(int index) throws WireException {
    return map.separate(1, index, entry).text(1);
  }

  private void add(String key, int index) {
    int slot = slot(key);
    if (table[slot] != 0) {
      entries[table[slot] - 1] = index;
      return;
    }
    if (size == entries.length) {
      resize(size + (size >> 1));
    }
    entries[size] = index;
    hashes[size++] = key.hashCode();
    table[slot] = size;
  }

  private void resize(int capacity) {
    entries = Arrays.copyOf(entries, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
  }

  /** Where the key is, or the free place for it. */
  private int slot(String key) {
    int slot = ((key.hashCode() * GOLDEN) >>> 1) % table.length;
    while (table[slot] != 0 && !isAt(table[slot] - 1, key)) {
      slot = slot + 1 == table.length ? 0 : slot + 1;
    }
    return slot;
  }

  private boolean isAt(int position, String key) {
    return hashes[position] == key.hashCode() && key(entries[position]).equals(key);
  }

  int size() {
    return size;
  }

  /** The entry at a position of the map. */
  int at(int position) {
    return entries[position];
  }

  /** The entry of a key, or {@link #ABSENT}. */
  int find(String key) {
    int position = table[slot(key)];
    return position == 0 ? ABSENT : entries[position - 1];
  }

  String key(int index) {
    try {
      return read(index);
    } catch (WireException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
