/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Metadata with names of HTTP headers, in any case, describes the content and is sent as these
 * headers where the client can: {@code content-type}, {@code content-encoding}, {@code
 * content-language}, {@code content-disposition}, {@code cache-control}. All else belongs to the
 * user.
 *
 * @param headers by lower-case name
 * @param user everything else, as it was given
 */
public record ContentHeaders(Map<String, String> headers, Map<String, String> user) {
  public static final String TYPE = "content-type";
  public static final String ENCODING = "content-encoding";
  public static final String LANGUAGE = "content-language";
  public static final String DISPOSITION = "content-disposition";
  public static final String CACHE_CONTROL = "cache-control";

  /** Splits metadata into content headers and the rest. */
  public static ContentHeaders of(Map<String, String> metadata) {
    Map<String, String> headers = new TreeMap<>();
    Map<String, String> user = new TreeMap<>();
    metadata.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          switch (lower) {
            case TYPE, ENCODING, LANGUAGE, DISPOSITION, CACHE_CONTROL -> headers.put(lower, value);
            default -> user.put(name, value);
          }
        });
    return new ContentHeaders(headers, user);
  }

  /** The value of a header, or null. */
  public @Nullable String get(String name) {
    return headers.get(name);
  }

  /** The value of a header, or another. */
  public String getOr(String name, String otherwise) {
    return headers.getOrDefault(name, otherwise);
  }
}
