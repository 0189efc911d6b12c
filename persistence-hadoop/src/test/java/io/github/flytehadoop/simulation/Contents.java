/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Contents of files as texts with a character for each byte. */
final class Contents {
  /** In place of a content: there is nothing. */
  static final String ABSENT = "\0absent";

  private static final String LINK = "\0link ";
  private static final String SPECIAL = "\0special ";

  private Contents() {}

  /** So many bytes; two fills have no two bytes in a row in common but by chance. */
  static String of(int length, int fill) {
    byte[] bytes = new byte[length];
    new Random(fill * 7919L + 1).nextBytes(bytes);
    return text(bytes);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String link(String to) {
    return LINK + to;
  }

  static boolean isLink(String content) {
    return content.startsWith(LINK);
  }

  static String linked(String content) {
    return content.substring(LINK.length());
  }

  static String special(String kind) {
    return SPECIAL + kind;
  }

  static boolean isSpecial(String content) {
    return content.startsWith(SPECIAL);
  }

  static String described(String content) {
    if (content.startsWith("\0")) {
      return content.substring(1);
    }
    return content.length() + " bytes (" + Integer.toHexString(content.hashCode()) + ")";
  }
}
