/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import org.jspecify.annotations.Nullable;

/**
 * A file, directory or stream did not reach the store (flytekit's FlyteUploadDataException,
 * FAP-PD-2).
 */
public final class UploadException extends TransferException {
  private static final long serialVersionUID = 1L;

  /** See {@link TransferException}. */
  public UploadException(
      FailureKind kind, String location, String message, @Nullable Throwable cause) {
    super(kind, location, message, cause);
  }

  /** See {@link TransferException}. */
  public UploadException(
      FailureKind kind,
      String location,
      String message,
      @Nullable Throwable cause,
      @Nullable TransferSummary report) {
    super(kind, location, message, cause, report);
  }
}
