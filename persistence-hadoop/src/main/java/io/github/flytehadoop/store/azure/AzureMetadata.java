/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * User metadata as Azure takes it. A name is an identifier of C#: {@code -} becomes {@code _}, and
 * every other byte than a letter or digit {@code __} and two hexadecimal digits, so that any name
 * comes back. A value is ASCII: all other bytes, and {@code %}, are percent-encoded.
 */
final class AzureMetadata {
  private static final String PREFIX = "x-ms-meta-";
  private static final String FOLDER = "hdi_isfolder";

  /** Marks a blob that stands for a directory. */
  static final String FOLDER_HEADER = PREFIX + FOLDER;

  private AzureMetadata() {}

  static void addTo(Map<String, String> headers, Map<String, String> metadata) {
    metadata.forEach((name, value) -> headers.put(PREFIX + encodeName(name), encodeValue(value)));
  }

  /** As it was before it was sent, without what marks a directory. */
  static Map<String, String> of(Map<String, String> encoded) {
    Map<String, String> metadata = new TreeMap<>();
    encoded.forEach(
        (name, value) -> {
          if (!name.equalsIgnoreCase(FOLDER)) {
            metadata.put(decodeName(name), decodeValue(value));
          }
        });
    return metadata;
  }

  static String encodeName(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte part : name.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (part & 0xff);
      boolean first = encoded.isEmpty();
      if (isLetter(character) || (!first && character >= '0' && character <= '9')) {
        encoded.append(character);
      } else if (character == '-' && !first && encoded.charAt(encoded.length() - 1) != '_') {
        encoded.append('_');
      } else {
        encoded.append(String.format(Locale.ROOT, "__%02x", (int) character));
      }
    }
    String made = encoded.toString();
    // metadata of that name would make a directory of a file; "__2d" is read as "-", too
    return made.equalsIgnoreCase(FOLDER) ? made.replace("_", "__2d") : made;
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  static String decodeName(String encoded) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int at = 0; at < encoded.length(); at++) {
      int octet = encoded.startsWith("__", at) ? octet(encoded, at + 2) : -1;
      if (octet >= 0) {
        name.write(octet);
        at += 3;
      } else {
        name.write(encoded.charAt(at) == '_' ? '-' : encoded.charAt(at));
      }
    }
    return name.toString(StandardCharsets.UTF_8);
  }

  static String encodeValue(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder();
    for (int at = 0; at < bytes.length; at++) {
      int octet = bytes[at] & 0xff;
      boolean edge = at == 0 || at == bytes.length - 1;
      if (octet < ' ' || octet > '~' || octet == '%' || (edge && octet == ' ')) {
        encoded.append(String.format(Locale.ROOT, "%%%02X", octet));
      } else {
        encoded.append((char) octet);
      }
    }
    return encoded.toString();
  }

  static String decodeValue(String encoded) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (int at = 0; at < encoded.length(); at++) {
      int octet = encoded.charAt(at) == '%' ? octet(encoded, at + 1) : -1;
      if (octet >= 0) {
        value.write(octet);
        at += 2;
      } else {
        value.writeBytes(encoded.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return value.toString(StandardCharsets.UTF_8);
  }

  /** Two hexadecimal digits, or -1. */
  private static int octet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
