/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.mapping;

import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.codec.MsgpackWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The order of a map's keys, so that equal maps become equal bytes. */
final class KeyOrder {
  /** A key and its form in msgpack. */
  record Key(@Nullable Object original, @Nullable Object plain) {}

  private KeyOrder() {}

  static Collection<Key> sorted(Collection<?> keys, Place place) throws LiteralException {
    TreeMap<byte[], Key> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (Object original : keys) {
      Place there = place.at(String.valueOf(original));
      Object plain = PlainForm.of(original, there);
      if (sorted.put(sortKey(plain), new Key(original, plain)) != null) {
        throw there.cannotWrite("another key is the same in Python", "");
      }
    }
    return Collections.unmodifiableCollection(sorted.values());
  }

  /** Texts by their own bytes, behind all others: those have the bytes of their msgpack. */
  private static byte[] sortKey(@Nullable Object plain) throws LiteralException {
    return plain instanceof String text
        ? prefixed(1, text.getBytes(StandardCharsets.UTF_8))
        : prefixed(0, MsgpackWriter.write(plain));
  }

  private static byte[] prefixed(int group, byte[] bytes) {
    byte[] prefixed = new byte[bytes.length + 1];
    prefixed[0] = (byte) group;
    System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
    return prefixed;
  }
}
