/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import java.util.Map;
import java.util.TreeMap;

/** Headers that a user wants on every request: {@code name=value,other=one;two}. */
final class CustomHeaders {
  static final String KEY = "fs.s3a.client.s3.custom.headers";

  private CustomHeaders() {}

  /**
   * Reads them as S3A does: several values of one header are separated by semicolons.
   *
   * @throws ConfigException when an entry is no pair
   */
  static Map<String, String> parse(String text, String key) {
    Map<String, String> headers = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      if (entry.isBlank()) {
        continue;
      }
      int equals = entry.indexOf('=');
      if (equals <= 0) {
        throw new ConfigException(
            key, "the Hadoop configuration", "it has an entry without =. Write name=value,...");
      }
      headers.put(
          entry.substring(0, equals).strip(),
          entry.substring(equals + 1).strip().replaceAll("\\s*;\\s*", ","));
    }
    return headers;
  }
}
