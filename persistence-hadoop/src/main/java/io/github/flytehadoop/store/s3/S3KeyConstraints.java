/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.hadoop.KeyConstraints;

/** The names of objects, and those that none of S3 can be written under. */
final class S3KeyConstraints {
  private static final String MARKER = "_$folder$";
  private static final KeyConstraints NAMES =
      new KeyConstraints(1024, "", KeyConstraints.TrailingDot.ALLOWED);

  /** 10,000 parts of 5 GiB; stores may allow less, and then say so themselves. */
  private static final long MOST_BYTES = 10_000L * (5L << 30);

  private S3KeyConstraints() {}

  /** The literal key, without a separator at its end; empty for the bucket. */
  static String key(Location at) throws TransferException {
    String key = at.key().endsWith("/") ? at.key().substring(0, at.key().length() - 1) : at.key();
    String problem = key.isEmpty() ? null : RelativePath.problemOf(key);
    if (problem != null) {
      throw Problem.cannot("use", at.text())
          .because(problem)
          .remedy("Rename it.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    }
    return key;
  }

  /** That of a file which may be written. */
  static String target(Location at) throws TransferException {
    String key = key(at);
    refuse(at);
    return key;
  }

  static void refuse(Location at) throws TransferException {
    ReservedNames.refuseAsTarget(at);
    if (at.name().endsWith(MARKER)) {
      throw problem(at, "listings leave out names that end with " + MARKER, "Choose another name.");
    }
    NAMES.refuse(at);
  }

  /** Whether XML cannot name a key, in the list of many deletions or in a plain listing. */
  static boolean isNoXml(String key) {
    return key.chars()
        .anyMatch(c -> c >= 0xFFFE || (c < ' ' && c != '\t' && c != '\n' && c != '\r'));
  }

  /** The same through S3A, which asks for plain listings and could not read this one again. */
  static void refuseForS3a(Location at) throws TransferException {
    refuse(at);
    if (isNoXml(at.key())) {
      throw problem(at, "S3A cannot list one of its characters", "Rename it.");
    }
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
