/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;

/** Refuses content that did not arrive as it was sent. */
public final class IntegrityCheck {
  private IntegrityCheck() {}

  /** Throws unless as many bytes arrived as were sent. */
  public static void requireEqual(Location at, long sentBytes, long arrivedBytes)
      throws TransferException {
    if (sentBytes != arrivedBytes) {
      throw failure(at, sentBytes + " bytes were sent and " + arrivedBytes + " arrived");
    }
  }

  /** Throws unless the checksums of what was sent and of what arrived agree. */
  public static void requireEqual(Location at, Checksum sent, Checksum arrived)
      throws TransferException {
    if (!sent.equals(arrived)) {
      throw failure(at, sent + " was sent and " + arrived + " arrived");
    }
  }

  /** Of bytes that are not those which the store keeps. */
  public static TransferException ofRead(Location at, String kept, String found) {
    return Problem.cannot("read", at.text())
        .because(
            "the store keeps bytes with the MD5 " + kept + " and those with " + found + " arrived")
        .remedy(FailureAdvice.of(FailureKind.INTEGRITY, at))
        .kind(FailureKind.INTEGRITY)
        .exception();
  }

  private static TransferException failure(Location at, String difference) {
    return Problem.cannot("write", at.text())
        .because(difference)
        .remedy(FailureAdvice.of(FailureKind.INTEGRITY, at))
        .kind(FailureKind.INTEGRITY)
        .exception();
  }
}
