/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentPart;
import java.util.List;

/**
 * A file that is at its target, whole, or parts that wait there.
 *
 * @param bytes in it
 * @param verification what was compared
 * @param route how it got there
 * @param parts of a file that somebody else completes
 */
record Moved(long bytes, Verification verification, Route route, List<SentPart> parts) {
  Moved(long bytes, Verification verification) {
    this(bytes, verification, Route.STREAM, List.of());
  }

  static Moved of(long bytes, Proof proof, Route route) {
    return new Moved(bytes, verification(proof), route, List.of());
  }

  static Verification verification(Proof proof) {
    return proof == Proof.CHECKSUM ? Verification.CHECKSUM : Verification.LENGTH;
  }
}
