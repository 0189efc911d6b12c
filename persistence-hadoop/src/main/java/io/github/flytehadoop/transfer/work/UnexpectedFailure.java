/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.transfer.TransferItem;

/** Failures that nobody has foreseen. */
public final class UnexpectedFailure {
  private UnexpectedFailure() {}

  /** The failure of an item whose move threw something unexpected. */
  public static TransferException of(TransferItem item, Exception problem) {
    return Problem.cannot("move", item.source())
        .at(item.target())
        .because(problem.toString())
        .remedy("Report this with the log.")
        .kind(FailureKind.LOCAL_IO)
        .causedBy(problem)
        .exception();
  }

  static boolean is(TransferException failure) {
    return failure.kind() == FailureKind.LOCAL_IO && failure.getCause() instanceof RuntimeException;
  }

  /** An error, such as a lack of memory, ends the thread; it is printed where the thread ends. */
  static IllegalStateException died() {
    return new IllegalStateException("the thread that moved it died");
  }
}
