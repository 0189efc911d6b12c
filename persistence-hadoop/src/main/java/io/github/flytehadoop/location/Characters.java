/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The characters that no location can hold: NUL ends names on disks, DEL changes what a terminal
 * shows, and an unpaired surrogate has no UTF-8 form, so the name would come back as another. Other
 * control characters travel: where a listing is XML, which cannot carry them, they are encoded.
 */
final class Characters {
  private Characters() {}

  /** Why a text cannot be a location, as a clause without subject, or null when it can be one. */
  static @Nullable String problemOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isForbiddenControl(c)) {
        return String.format(
            Locale.ROOT, "holds the control character U+%04X, which names cannot carry", (int) c);
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
    return c == 0 || c == 0x7F;
  }
}
