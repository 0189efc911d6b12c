/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the text of a setting becomes a value, and a value a text that may be shown. */
public enum ValueType {
  /** Any text. */
  TEXT("text"),
  /** A text that nothing may show. */
  SECRET("text"),
  /** A text that is shown in part: it identifies a secret. */
  IDENTIFIER("text"),
  /** An http(s) URL. */
  URL("http(s) URL"),
  /** A path on this machine. */
  FILE("path"),
  /** True or false. */
  BOOLEAN("true or false"),
  /** A whole number from 0 on. */
  COUNT("whole number"),
  /** A duration in whole seconds from 0 on. */
  SECONDS("whole seconds"),
  /** One of {@link AddressingStyle}. */
  ADDRESSING_STYLE("auto, path or virtual");

  private static final Set<String> FALSE_WORDS = Set.of("", "false", "0", "off", "no");
  private static final Set<String> INI_TRUE_WORDS = Set.of("1", "yes", "true", "on");
  private static final Set<String> INI_FALSE_WORDS = Set.of("0", "no", "false", "off");

  private final String description;

  ValueType(String description) {
    this.description = description;
  }

  /** What a user may write. */
  public String description() {
    return description;
  }

  /** The value as a user may see it: secrets masked, absence said. */
  String display(@Nullable Object value) {
    if (value == null) {
      return "(not set)";
    }
    return switch (this) {
      case SECRET -> value.toString();
      case IDENTIFIER -> Secret.partly(value.toString());
      case SECONDS -> ((Duration) value).toSeconds() + " s";
      default -> value.toString();
    };
  }

  /**
   * The value of a text.
   *
   * @throws ConfigException if the text cannot be one; it never repeats the text of a secret
   */
  Object parse(String key, Origin origin, String text) {
    String from = origin.describe();
    return switch (this) {
      case TEXT, IDENTIFIER -> text;
      case SECRET -> Secret.of(text);
      case URL -> EndpointUrl.check(key, from, text);
      case FILE -> KeyFilePath.check(key, from, text);
      case BOOLEAN ->
          origin instanceof Origin.Ini ? iniBoolean(key, from, text) : lenientBoolean(text);
      case COUNT -> count(key, from, text);
      case SECONDS -> Duration.ofSeconds(count(key, from, text));
      case ADDRESSING_STYLE -> AddressingStyle.parse(key, from, text);
    };
  }

  /**
   * flytekit's rule for the environment and YAML: whatever is not false is true, misspelt or not.
   * Source: CFG-6.
   */
  private static boolean lenientBoolean(String text) {
    return !FALSE_WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Python's rule for INI. Source: CFG-9. */
  private static boolean iniBoolean(String key, String from, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (INI_TRUE_WORDS.contains(word)) {
      return true;
    }
    if (INI_FALSE_WORDS.contains(word)) {
      return false;
    }
    throw new ConfigException(
        key,
        from,
        "\""
            + text
            + "\" is neither true nor false. Use one of: true, yes, on, 1, false, no, off, 0.");
  }

  /** A number, or an error where flytekit would go on with the text. Source: W-41, CFG-7, CFG-8. */
  private static int count(String key, String from, String text) {
    int number;
    try {
      number = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw refusedCount(key, from, text);
    }
    if (number < 0) {
      throw refusedCount(key, from, text);
    }
    return number;
  }

  private static ConfigException refusedCount(String key, String from, String text) {
    return new ConfigException(
        key,
        from,
        "\""
            + text
            + "\" is no whole number from 0 to "
            + Integer.MAX_VALUE
            + ". Write digits only, such as 3.");
  }
}
