/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.TransferItem;

/** Failures that nobody has foreseen. */
public final class Defect {
  private Defect() {}

  /** The failure of an item whose move threw something unexpected. */
  public static TransferException of(TransferItem item, Exception problem) {
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
