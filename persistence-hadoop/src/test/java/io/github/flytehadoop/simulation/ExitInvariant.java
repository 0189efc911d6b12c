/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.error.TransferSummary;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.CompareBy;

/** The exit code says what the report says. */
final class ExitInvariant implements Invariant {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int PARTLY = 3;
  private static final int INTERRUPTED = 130;

  @Override
  public void check(Course course) {
    Outcome outcome = course.outcome();
    if (outcome.exit() >= 0 && outcome.exit() != expected(course)) {
      throw new Violation("exit", outcome.exit() + " in place of " + expected(course));
    }
  }

  private static int expected(Course course) {
    Outcome outcome = course.outcome();
    CheckReport check = outcome.check();
    if (check != null) {
      boolean content = course.asked().by() == CompareBy.LENGTHS || check.isProven();
      return !check.isSame() ? FAILED : content ? 0 : PARTLY;
    }
    if (outcome.isDone()) {
      return outcome.failures().isEmpty() ? 0 : PARTLY;
    }
    if (outcome.failure() instanceof TransferException failure) {
      TransferSummary told = failure.report();
      return failure.kind() == FailureKind.INTERRUPTED
          ? INTERRUPTED
          : told != null && told.files() > 0 ? PARTLY : FAILED;
    }
    return USAGE;
  }
}
