/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.util.Objects;

/** A setting that cannot be used: which key, where it came from, and how to mend it. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String origin;

  /**
   * A setting that cannot be used.
   *
   * @param key the setting, such as {@code FLYTE_AWS_RETRIES} or {@code aws.retries}
   * @param origin where it came from, such as {@code environment} or a file
   * @param problemAndFix what is wrong and what to do, without the value of a secret
   */
  public ConfigException(String key, String origin, String problemAndFix) {
    super(
        Problem.cannot("use", Objects.requireNonNull(key, "key"))
            .also("(" + Objects.requireNonNull(origin, "origin") + ")")
            .because(problemAndFix)
            .message());
    this.key = key;
    this.origin = origin;
  }

  /** The setting. */
  public String key() {
    return key;
  }

  /** Where it came from. */
  public String origin() {
    return origin;
  }
}
