/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.exit;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;

/** What the shell sees. */
public enum ExitCode {
  /** Everything that was asked for is done. */
  DONE(0),
  /** Nothing of it is done. */
  FAILED(1),
  /** It was asked for in a way that cannot be done: options, paths or configuration. */
  USAGE(2),
  /** Some files arrived, some failed; or a check found no difference, and no proof either. */
  PARTLY_DONE(3),
  /** Stopped by Ctrl-C, with nothing half done left behind. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** What a shell sees of it. */
  public int number() {
    return number;
  }

  /** The code of a transfer that failed. */
  static ExitCode of(TransferException failure) {
    TransferSummary report = failure.report();
    if (failure.kind() == FailureKind.INTERRUPTED) {
      return INTERRUPTED;
    }
    return report != null && report.files() > 0 ? PARTLY_DONE : FAILED;
  }
}
