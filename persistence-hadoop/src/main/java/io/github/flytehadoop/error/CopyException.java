/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import org.jspecify.annotations.Nullable;

/** Data did not get from one store to another. */
public final class CopyException extends TransferException {
  private static final long serialVersionUID = 1L;

  /** See {@link TransferException}. */
  public CopyException(
      FailureKind kind, String location, String message, @Nullable Throwable cause) {
    super(kind, location, message, cause);
  }

  /** See {@link TransferException}. */
  public CopyException(
      FailureKind kind,
      String location,
      String message,
      @Nullable Throwable cause,
      @Nullable TransferSummary report) {
    super(kind, location, message, cause, report);
  }
}
