/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The effective {@code fs.gs.*} options, as Google's connector reads them: where one of its general
 * names may stand as well, {@code google.cloud.*}, the specific one wins. Secrets are read through
 * Hadoop's credential providers.
 */
final class GcsOptions {
  private static final String SPECIFIC = "fs.gs";
  private static final String GENERAL = "google.cloud";

  private final Configuration conf;

  GcsOptions(Configuration conf) {
    this.conf = conf;
  }

  /** The options as Hadoop's classes read them; holds secrets. */
  Configuration hadoop() {
    return conf;
  }

  /** The whole name of a key, whose general form may be set in its place. */
  String named(String suffix) {
    boolean general = conf.get(SPECIFIC + suffix) == null && conf.get(GENERAL + suffix) != null;
    return (general ? GENERAL : SPECIFIC) + suffix;
  }

  /** The trimmed value of a key behind {@code fs.gs}; empty when there is none. */
  String text(String suffix) {
    return conf.getTrimmed(named(suffix), "");
  }

  /** The same, or another value. */
  String textOr(String suffix, String otherwise) {
    String value = text(suffix);
    return value.isEmpty() ? otherwise : value;
  }

  /** One of a few words. */
  <E extends Enum<E>> E word(String suffix, E byDefault) {
    String value = text(suffix);
    try {
      return value.isEmpty()
          ? byDefault
          : Enum.valueOf(byDefault.getDeclaringClass(), value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new ConfigException(
          named(suffix),
          "the Hadoop configuration",
          "nobody knows the value "
              + value
              + ". Write one of "
              + java.util.List.of(byDefault.getDeclaringClass().getEnumConstants())
              + ".");
    }
  }

  /** Bytes or a count; {@code 64m} means what it does in Hadoop. */
  long number(String suffix, long byDefault) {
    try {
      return conf.getLongBytes(named(suffix), byDefault);
    } catch (NumberFormatException notANumber) {
      throw new ConfigException(
          named(suffix),
          "the Hadoop configuration",
          "it is no number: " + text(suffix) + ". Write digits.");
    }
  }

  /** A time; digits alone are milliseconds. */
  long millis(String suffix, long byDefault) {
    return conf.getTimeDuration(named(suffix), byDefault, TimeUnit.MILLISECONDS);
  }

  /** The values whose names begin like this, by the rest of their names. */
  Map<String, String> below(String suffix) {
    Map<String, String> specific = conf.getPropsWithPrefix(SPECIFIC + suffix);
    return new TreeMap<>(specific.isEmpty() ? conf.getPropsWithPrefix(GENERAL + suffix) : specific);
  }

  /**
   * A secret of a credential store or of the configuration, null when there is none.
   *
   * @throws ConfigException when the credential store cannot be read
   */
  @Nullable String secret(String suffix) {
    try {
      String specific = secretNamed(SPECIFIC + suffix);
      return specific == null ? secretNamed(GENERAL + suffix) : specific;
    } catch (IOException unreadable) {
      throw new ConfigException(
          SPECIFIC + suffix,
          "hadoop.security.credential.provider.path",
          "the credential store cannot be read ("
              + unreadable.getMessage()
              + "). Check the path and its password.");
    }
  }

  private @Nullable String secretNamed(String key) throws IOException {
    char[] found = conf.getPassword(key);
    String text = found == null ? "" : new String(found).strip();
    return text.isEmpty() ? null : text;
  }
}
