/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;

/** Failures that nobody has foreseen. */
final class Defect {
  private Defect() {}

  static TransferException of(TransferItem item, Exception problem) {
    return new TransferException(
        FailureKind.LOCAL_IO,
        item.target(),
        "Cannot move "
            + Printable.of(item.source())
            + ": "
            + Printable.of(problem.toString())
            + ". Report this with the log.",
        problem);
  }

  static boolean is(TransferException failure) {
    return failure.kind() == FailureKind.LOCAL_IO && failure.getCause() instanceof RuntimeException;
  }

  /** An error, such as a lack of memory, ends the thread; it is printed where the thread ends. */
  static IllegalStateException died() {
    return new IllegalStateException("the thread that moved it died");
  }
}
