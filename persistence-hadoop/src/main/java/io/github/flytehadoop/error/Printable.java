/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
      Pattern.compile("(?i)(https?:/+[^\\s?]*)\\?\\S*[^\\s:.,;)'\"]");

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
    return escaped(withoutQueries(text));
  }

  /** The same without escapes, for a message that has its escapes already. */
  public static String withoutQueries(String text) {
    return QUERY_IN_SENTENCE.matcher(text).replaceAll("$1?***");
  }

  /** The same for a text of several lines: their ends stay, and tabs become blanks. */
  public static String lines(String text) {
    return text.lines()
        .map(line -> sentence(line.replace("\t", "    ")))
        .collect(Collectors.joining("\n"));
  }

  /** The same for a sentence, where a question mark behind a web address need not be its query. */
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(safe, c));
    return safe.toString();
  }

  /**
   * One location without the query of a web address, where signatures are; otherwise as it is, so
   * that a program can still tell which location a report means.
   */
  public static String masked(String location) {
    return withoutQuery(location);
  }

  /**
   * One location, and a digest of what {@link #masked} leaves out of it: two locations have the
   * same text only when they are the same, and nobody can read a signature from it.
   */
  public static String fingerprint(String location) {
    String shown = withoutQuery(location);
    return shown.equals(location) ? location : shown + " sha256:" + sha256(location);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
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
