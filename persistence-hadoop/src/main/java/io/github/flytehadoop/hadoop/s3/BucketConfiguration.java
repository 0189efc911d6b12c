/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.error.ConfigException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the effective {@code fs.s3a.*} options of one bucket: options named {@code
 * fs.s3a.bucket.BUCKET.*} win over the general ones, as S3A documents. Secrets are read through
 * Hadoop's credential providers.
 */
final class BucketConfiguration {
  private static final String GENERAL = "fs.s3a.";
  private static final String PROVIDER_PATH = "hadoop.security.credential.provider.path";
  private static final String S3A_PROVIDER_PATH = "fs.s3a.security.credential.provider.path";

  private final String bucket;
  private final Configuration options;

  private BucketConfiguration(String bucket, Configuration options) {
    this.bucket = bucket;
    this.options = options;
  }

  static BucketConfiguration of(String bucket, Configuration general) {
    Configuration options = new Configuration(general);
    String prefix = prefixOf(bucket);
    Map<String, String> own = new HashMap<>();
    for (Map.Entry<String, String> entry : general) {
      String key = entry.getKey();
      if (key.startsWith(prefix) && !isReserved(key.substring(prefix.length()))) {
        own.put(GENERAL + key.substring(prefix.length()), general.get(key));
      }
    }
    own.forEach((key, value) -> options.set(key, value, prefix + "*"));
    String providers = options.getTrimmed(S3A_PROVIDER_PATH, "");
    if (!providers.isEmpty()) {
      String others = options.getTrimmed(PROVIDER_PATH, "");
      options.set(PROVIDER_PATH, others.isEmpty() ? providers : providers + "," + others);
    }
    return new BucketConfiguration(bucket, options);
  }

  private static String prefixOf(String bucket) {
    return GENERAL + "bucket." + bucket + ".";
  }

  /** Options that S3A takes for the whole installation alone. */
  private static boolean isReserved(String option) {
    return option.equals("impl") || option.startsWith("bucket.");
  }

  String bucket() {
    return bucket;
  }

  /** The options as Hadoop's classes read them; holds secrets. */
  Configuration hadoop() {
    return options;
  }

  /** The trimmed value; empty when there is none. */
  String text(String key) {
    return options.getTrimmed(key, "");
  }

  /** The trimmed value, or that of the key's old name. */
  String text(String key, String oldKey) {
    String value = text(key);
    return value.isEmpty() ? text(oldKey) : value;
  }

  boolean flag(String key, boolean byDefault) {
    return options.getBoolean(key, byDefault);
  }

  int number(String key, int byDefault) {
    try {
      return options.getInt(key, byDefault);
    } catch (NumberFormatException notANumber) {
      throw new ConfigException(
          key, "the Hadoop configuration", "it is no number: " + text(key) + ". Write digits.");
    }
  }

  long millis(String key, long byDefault) {
    return options.getTimeDuration(key, byDefault, TimeUnit.MILLISECONDS);
  }

  /**
   * A secret of a credential store or of the configuration, null when there is none.
   *
   * @throws ConfigException when the credential store cannot be read
   */
  @Nullable String secret(String key) {
    try {
      String own = secretNamed(prefixOf(bucket) + key.substring(GENERAL.length()));
      return own == null ? secretNamed(key) : own;
    } catch (IOException unreadable) {
      throw new ConfigException(
          key,
          PROVIDER_PATH,
          String.format(
              Locale.ROOT,
              "the credential store cannot be read (%s). Check the path and its password.",
              unreadable.getMessage()));
    }
  }

  /** The same, or the secret of the key's old name. */
  @Nullable String secret(String key, String oldKey) {
    String value = secret(key);
    return value == null ? secret(oldKey) : value;
  }

  private @Nullable String secretNamed(String key) throws IOException {
    char[] found = options.getPassword(key);
    String text = found == null ? "" : new String(found).strip();
    return text.isEmpty() ? null : text;
  }
}
