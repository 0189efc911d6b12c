/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.location;

import java.util.Locale;
import java.util.Map;

/**
 * The canonical spelling of a scheme. Aliases are accepted and canonical schemes are handed out,
 * because flytekit gives an alias such as {@code s3a} no configuration (fixes W-5).
 */
public final class Scheme {
  /** The scheme of local paths, written or not. */
  public static final String FILE = "file";

  /** The scheme of S3 and everything that speaks its protocol. */
  public static final String S3 = "s3";

  private static final Map<String, String> ALIASES =
      Map.of(
          "s3a", S3, "s3n", S3, "gcs", "gs", "az", "abfs", "wasb", "abfs", "wasbs", "abfss",
          "local", FILE);

  private Scheme() {}

  /** The canonical form of a scheme in any case: {@code S3A} becomes {@code s3}. */
  public static String canonical(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(lower, lower);
  }
}
