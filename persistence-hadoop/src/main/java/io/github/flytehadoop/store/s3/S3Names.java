/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.hadoop.KeyRules;
import org.apache.hadoop.fs.Path;

/** Names that no object of S3 can be written under. */
final class S3Names {
  private static final String MARKER = "_$folder$";
  private static final KeyRules NAMES = new KeyRules(1024, "", KeyRules.TrailingDot.ALLOWED);

  /** 10,000 parts of 5 GiB; stores may allow less, and then say so themselves. */
  private static final long MOST_BYTES = 10_000L * (5L << 30);

  private S3Names() {}

  static void refuse(Location at, Path path) throws TransferException {
    Temporary.refuseAsTarget(at);
    refuseAsMarker(at);
    NAMES.refuse(at);
    if (path.isRoot()) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write " + at.text() + ": an object needs a key. Add one behind the bucket.",
          null);
    }
  }

  /** S3A takes such objects for the directory markers of an old client and never lists them. */
  private static void refuseAsMarker(Location at) throws TransferException {
    if (at.name().endsWith(MARKER)) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": listings leave out names that end with "
              + MARKER
              + ". Choose another name.",
          null);
    }
  }

  /** More than all parts together can carry, found before the first is sent (B49). */
  static void refuseTooLarge(Location at, long lengthBytes) throws TransferException {
    if (lengthBytes > MOST_BYTES) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": it has "
              + lengthBytes
              + " bytes and an object at most "
              + MOST_BYTES
              + ". Split it.",
          null);
    }
  }
}
