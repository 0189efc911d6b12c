/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A path of a credential file. Flyte's own YAML has the key's JSON text in the same place; it must
 * not end up in a message.
 */
final class KeyFilePath {
  private KeyFilePath() {}

  static @Nullable String check(String key, @Nullable String path) {
    return path == null || path.isBlank() ? null : check(key, RawValue.FROM_PROGRAM, path);
  }

  static String check(String key, String origin, String path) {
    String text = path.strip();
    if (text.startsWith("{") || text.indexOf('\n') >= 0) {
      throw new ConfigException(
          key,
          origin,
          "it holds the text of a key, not a path. Write the text to a file and name the file"
              + " here.");
    }
    return text;
  }
}
