/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import java.util.Objects;

/**
 * How a task ended, and the status that its process has to end with.
 *
 * <p>The platform reads {@code error.pb} only when the process succeeded, so a task that failed and
 * said why ends with 0.
 *
 * @param code for {@link System#exit}
 */
public record ExitStatus(Outcome outcome, int code) {
  /** How a task ended. */
  public enum Outcome {
    /** The outputs are written. */
    SUCCEEDED,
    /** The failure is written. */
    FAILED,
    /** Neither is, because another worker writes them. */
    IGNORED,
    /** The failure could not be written: the log has it. */
    UNREPORTED
  }

  static final ExitStatus SUCCEEDED = new ExitStatus(Outcome.SUCCEEDED, 0);
  static final ExitStatus IGNORED = new ExitStatus(Outcome.IGNORED, 0);
  static final ExitStatus UNREPORTED = new ExitStatus(Outcome.UNREPORTED, 1);

  /** Refuses null. */
  public ExitStatus {
    Objects.requireNonNull(outcome, "outcome");
  }
}
