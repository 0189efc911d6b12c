/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Access;
import java.util.Set;

/** Failures for want of credentials or permission, after which the other access is tried. */
final class Refusals {
  private static final Set<FailureKind> TRIGGERS =
      Set.of(FailureKind.NO_CREDENTIALS, FailureKind.ACCESS_DENIED);

  private Refusals() {}

  static boolean isTrigger(TransferException failure) {
    return TRIGGERS.contains(failure.kind());
  }

  static Access other(Access access) {
    return access == Access.ANONYMOUS ? Access.CREDENTIALS : Access.ANONYMOUS;
  }

  /** What came of the credentials, with what came of their absence in it. */
  static TransferException both(
      Access first, TransferException refused, TransferException alsoRefused) {
    boolean second = first == Access.ANONYMOUS || !isTrigger(alsoRefused);
    TransferException told = second ? alsoRefused : refused;
    told.addSuppressed(second ? refused : alsoRefused);
    return told;
  }
}
