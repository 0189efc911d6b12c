/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import java.util.Objects;

/**
 * A value that no text may show: its {@link #toString()} is {@code ***}. It is not {@link
 * java.io.Serializable} on purpose, and has no getter that a JSON mapper would find.
 */
public final class Secret {
  private static final String MASK = "***";
  private static final int SHOWN_CHARACTERS = 4;
  private static final int LONG_ENOUGH_TO_SHOW_A_START = 12;

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** A secret that holds this value. */
  public static Secret of(String value) {
    return new Secret(Objects.requireNonNull(value, "value"));
  }

  /** The value itself, for the store client alone. */
  public String reveal() {
    return value;
  }

  /**
   * An identifier that is no secret but helps whoever has the secret: its start, enough to tell two
   * apart.
   */
  static String partly(String identifier) {
    return identifier.length() < LONG_ENOUGH_TO_SHOW_A_START
        ? MASK
        : identifier.substring(0, SHOWN_CHARACTERS) + MASK;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
