/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** Says whether an account has real directories, as far as its keys tell. */
public enum AzureNamespace {
  /** Directories are prefixes of keys. */
  FLAT,
  /** Directories are real. */
  HIERARCHICAL,
  /** The keys do not say, so the account has to be asked. */
  UNKNOWN;

  /**
   * Reads the keys.
   *
   * @param root {@code abfs://container@host/}
   * @param conf the Configuration; options of the account in it win
   */
  public static AzureNamespace of(URI root, Configuration conf) {
    String said = AzureClientSettings.options(root, conf).text(AzureKey.HNS_ENABLED.key());
    return switch (said.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> HIERARCHICAL;
      case "false" -> FLAT;
      default -> UNKNOWN;
    };
  }
}
