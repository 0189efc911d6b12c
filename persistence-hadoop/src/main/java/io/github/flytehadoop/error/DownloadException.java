/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import org.jspecify.annotations.Nullable;

/** Data did not reach the local disk (flytekit's FlyteDownloadDataException, FAP-GD-3). */
public final class DownloadException extends TransferException {
  private static final long serialVersionUID = 1L;

  /** See {@link TransferException}. */
  public DownloadException(
      FailureKind kind, String location, String message, @Nullable Throwable cause) {
    super(kind, location, message, cause);
  }

  /** See {@link TransferException}. */
  public DownloadException(
      FailureKind kind,
      String location,
      String message,
      @Nullable Throwable cause,
      @Nullable TransferSummary report) {
    super(kind, location, message, cause, report);
  }
}
