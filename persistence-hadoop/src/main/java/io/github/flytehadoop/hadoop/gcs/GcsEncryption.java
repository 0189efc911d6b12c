/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.error.ConfigException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The user's own key for the bytes of objects ({@code fs.gs.encryption.*}).
 *
 * @param algorithm such as AES256
 * @param key in base64, null where Google has the keys
 * @param hash of the key, in base64
 */
public record GcsEncryption(String algorithm, @Nullable String key, @Nullable String hash) {
  static GcsEncryption of(GcsOptions options) {
    String key = options.secret(".encryption.key");
    String hash = options.secret(".encryption.key.hash");
    String algorithm = options.text(".encryption.algorithm");
    if (key != null && (hash == null || algorithm.isEmpty())) {
      throw new ConfigException(
          "fs.gs.encryption.key",
          "the Hadoop configuration",
          "it needs fs.gs.encryption.algorithm and fs.gs.encryption.key.hash. Set them.");
    }
    return new GcsEncryption(algorithm, key, hash);
  }

  /** Headers of requests for an object; empty where Google has the keys. */
  Map<String, String> headers() {
    return headers("x-goog-encryption-");
  }

  /** Headers that name the key of the source of a copy. */
  Map<String, String> sourceHeaders() {
    return headers("x-goog-copy-source-encryption-");
  }

  private Map<String, String> headers(String prefix) {
    Map<String, String> headers = new TreeMap<>();
    if (key != null && hash != null) {
      headers.put(prefix + "algorithm", algorithm);
      headers.put(prefix + "key", key);
      headers.put(prefix + "key-sha256", hash);
    }
    return headers;
  }

  /** The algorithm; no key. */
  @Override
  public String toString() {
    return key == null ? "none" : algorithm;
  }
}
