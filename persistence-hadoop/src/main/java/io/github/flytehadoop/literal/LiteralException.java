/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A literal that cannot be read, written, or had as the type that was asked for. */
public final class LiteralException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * A failure at one place.
   *
   * @param path such as {@code people[3].age}; empty for the whole
   * @param message the whole sentence, made by {@code Problem}
   */
  public LiteralException(String path, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.path = Objects.requireNonNull(path, "path");
  }

  /** Where in the value, such as {@code people[3].age}; empty for the whole. */
  public String path() {
    return path;
  }
}
