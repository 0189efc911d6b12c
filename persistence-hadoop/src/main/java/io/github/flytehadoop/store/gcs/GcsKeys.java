/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.hadoop.KeyConstraints;

/** The names of objects, and those that no object can be written under. */
final class GcsKeys {
  private static final KeyConstraints NAMES =
      new KeyConstraints(1024, "\r\n", KeyConstraints.TrailingDot.ALLOWED);

  private GcsKeys() {}

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
    ReservedNames.refuseAsTarget(at);
    String key = key(at);
    NAMES.refuse(at);
    return key;
  }
}
