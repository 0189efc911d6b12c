/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The order of texts by their bytes in UTF-8, which is the order of their code points. */
public final class Utf8Order {
  private static final Comparator<String> BY_CODE_POINT = Utf8Order::compare;

  private Utf8Order() {}

  /** A map in the order of its keys, so that equal maps become equal bytes. */
  public static <V> Map<String, V> sorted(Map<String, V> map) {
    TreeMap<String, V> sorted = new TreeMap<>(BY_CODE_POINT);
    sorted.putAll(map);
    return sorted;
  }

  private static int compare(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // UTF-16 has the surrogates before U+E000, UTF-8 behind U+FFFF
        boolean aHigh = Character.isSurrogate(a);
        return aHigh == Character.isSurrogate(b) ? Character.compare(a, b) : aHigh ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
