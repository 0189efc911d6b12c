/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.util.Locale;
import java.util.Objects;

/**
 * Where the bucket stands in the URL of an S3 request. flytekit reads the setting and then always
 * uses {@code virtual}; here the value counts. Source: W-1.
 */
public enum AddressingStyle {
  /** {@link #PATH} when an endpoint that is not Amazon's is set, else {@link #VIRTUAL}. */
  AUTO,
  /** {@code http://host/bucket/key}, as MinIO and most S3-compatible stores want it. */
  PATH,
  /** {@code http://bucket.host/key}. */
  VIRTUAL;

  /**
   * The style of this name, in any case.
   *
   * @throws ConfigException if there is no such style; the message lists the styles
   */
  public static AddressingStyle of(String name) {
    return parse(S3Config.class.getSimpleName() + ".addressingStyle", RawValue.FROM_PROGRAM, name);
  }

  static AddressingStyle parse(String key, String origin, String name) {
    return switch (Objects.requireNonNull(name, "name").strip().toLowerCase(Locale.ROOT)) {
      case "auto" -> AUTO;
      case "path" -> PATH;
      case "virtual" -> VIRTUAL;
      default ->
          throw new ConfigException(
              key,
              origin,
              "\"" + name + "\" is no addressing style. Use one of: auto, path, virtual.");
    };
  }

  /** The name as configuration files spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
