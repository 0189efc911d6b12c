/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.hadoop.KeyRules;

/** Names that no object of S3 can be written under. */
final class S3KeyConstraints {
  private static final String MARKER = "_$folder$";
  private static final KeyRules NAMES = new KeyRules(1024, "", KeyRules.TrailingDot.ALLOWED);

  /** 10,000 parts of 5 GiB; stores may allow less, and then say so themselves. */
  private static final long MOST_BYTES = 10_000L * (5L << 30);

  private S3KeyConstraints() {}

  static void refuse(Location at) throws TransferException {
    Temporary.refuseAsTarget(at);
    if (at.name().endsWith(MARKER)) {
      throw problem(at, "listings leave out names that end with " + MARKER, "Choose another name.");
    }
    NAMES.refuse(at);
  }

  /** More than all parts together can carry, found before the first is sent (B49). */
  static void refuseTooLarge(Location at, long lengthBytes) throws TransferException {
    if (lengthBytes > MOST_BYTES) {
      throw problem(
          at, "it has " + lengthBytes + " bytes and an object at most " + MOST_BYTES, "Split it.");
    }
  }

  private static TransferException problem(Location at, String why, String remedy) {
    return Problem.cannot("write", at.text())
        .because(why)
        .remedy(remedy)
        .kind(FailureKind.UNSUPPORTED)
        .exception();
  }
}
