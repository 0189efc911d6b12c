/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text from outside, made fit for a message, a log line or a terminal. It is for people alone:
 * nothing reads it back.
 */
public final class Printable {
  private static final Pattern WEB_QUERY =
      Pattern.compile("(?i)(https?:/+[^?]*)\\?.*", Pattern.DOTALL);
  private static final Pattern USER_INFO =
      Pattern.compile("^([A-Za-z0-9+.-]*:+/*).*:.*@|^((?i:https?):/+)[^/]*@", Pattern.DOTALL);

  private static final Pattern QUERY_IN_SENTENCE =
      Pattern.compile("(?i)(https?:/+[^\\s?]*)\\?\\S+");

  private Printable() {}

  /**
   * Escapes what could forge a line or move a cursor (controls, line separators, direction marks,
   * unpaired surrogates), and masks the query of a web address, where signatures are.
   */
  public static String of(String text) {
    return escaped(withoutQuery(text));
  }

  /** The same for a sentence that may name web addresses: each loses its query alone. */
  public static String sentence(String text) {
    return escaped(masked(text));
  }

  /** Text for a program: each web address in it loses its query, and nothing is escaped. */
  public static String masked(String text) {
    return QUERY_IN_SENTENCE.matcher(text).replaceAll("$1?***");
  }

  /** The same for a sentence, where a question mark behind a web address need not be its query. */
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(safe, c));
    return safe.toString();
  }

  private static String withoutQuery(String text) {
    return WEB_QUERY.matcher(text).replaceFirst("$1?***");
  }

  private static void append(StringBuilder safe, int c) {
    switch (c) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default -> {
        switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              safe.append(String.format(Locale.ROOT, "\\u%04X", c));
          default -> safe.appendCodePoint(c);
        }
      }
    }
  }

  /**
   * The same for text that no one has checked yet: everything that may be a user and a password is
   * masked too, rather more than too little.
   */
  public static String unchecked(String text) {
    return of(USER_INFO.matcher(withoutQuery(text)).replaceFirst("$1$2***@"));
  }
}
