/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import org.jspecify.annotations.Nullable;

/**
 * The source is definitely not there; never recoverable (flytekit's FlyteDataNotFoundException,
 * FAP-GD-2).
 */
public final class DataNotFoundException extends TransferException {
  private static final long serialVersionUID = 1L;

  /** See {@link TransferException}. */
  public DataNotFoundException(String location, String message, @Nullable Throwable cause) {
    super(FailureKind.NOT_FOUND, location, message, cause);
  }
}
