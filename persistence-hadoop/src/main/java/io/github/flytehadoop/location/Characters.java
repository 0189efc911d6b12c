/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The characters that no location can hold: object listings are XML, which cannot carry control
 * characters, and an unpaired surrogate has no UTF-8 form, so the name would come back as another.
 */
final class Characters {
  private Characters() {}

  /** Why a text cannot be a location, as a clause without subject, or null when it can be one. */
  static @Nullable String problemOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isForbiddenControl(c)) {
        return String.format(
            Locale.ROOT,
            "holds the control character U+%04X, which listings cannot carry",
            (int) c);
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return String.format(
            Locale.ROOT, "holds the unpaired surrogate U+%04X, which has no UTF-8 form", (int) c);
      }
    }
    return null;
  }

  private static boolean isForbiddenControl(char c) {
    return c == 0x7F || (c < ' ' && c != '\t' && c != '\n' && c != '\r');
  }
}
