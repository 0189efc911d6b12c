/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that did not happen, or not whole. Nothing partial is visible under a final name when
 * this is thrown; files of a directory that were completed before the failure stay, and {@link
 * #report()} counts them.
 */
public class TransferException extends IOException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String location;
  private final transient List<PathFailure> failures;
  private final transient @Nullable TransferSummary report;

  /** A failure of one location. */
  public TransferException(
      FailureKind kind, String location, String message, @Nullable Throwable cause) {
    this(kind, location, message, cause, null);
  }

  /** A failure of one location, with what was done before it. */
  public TransferException(
      FailureKind kind,
      String location,
      String message,
      @Nullable Throwable cause,
      @Nullable TransferSummary report) {
    super(Printable.withoutQueries(message), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.location = Printable.masked(Objects.requireNonNull(location, "location"));
    this.report = report;
    this.failures =
        report == null
            ? List.of(new PathFailure(location, kind, message))
            : List.copyOf(report.failures());
  }

  /** Why. */
  public final FailureKind kind() {
    return kind;
  }

  /** Whether the same call may succeed later: decided by {@link #kind()} (fixes W-38). */
  public final boolean recoverable() {
    return kind.recoverable();
  }

  /**
   * The URI or local path that failed, in the form the caller used; a web address has no query.
   *
   * <p>Source: F82.
   */
  public final String location() {
    return location;
  }

  /** Each path that failed; empty after Java serialization. */
  public final List<PathFailure> failures() {
    return failures == null ? List.of() : failures;
  }

  /** What was done before the failure, or null when nothing was. */
  public final @Nullable TransferSummary report() {
    return report;
  }
}
