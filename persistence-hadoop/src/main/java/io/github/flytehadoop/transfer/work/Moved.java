/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.multipart.SentPart;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.Verification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that is at its target, whole, or parts that wait there.
 *
 * @param bytes in it
 * @param verification what was compared
 * @param route how it got there
 * @param parts of a file that somebody else completes
 * @param checksum of the bytes, or null when it is not known
 * @param version that was published, or null when it is not known
 */
public record Moved(
    long bytes,
    Verification verification,
    Route route,
    List<SentPart> parts,
    @Nullable Checksum checksum,
    @Nullable String version) {
  /** A move of which no version is known. */
  public Moved(
      long bytes,
      Verification verification,
      Route route,
      List<SentPart> parts,
      @Nullable Checksum checksum) {
    this(bytes, verification, route, parts, checksum, null);
  }

  /** A move without a known checksum. */
  public Moved(long bytes, Verification verification) {
    this(bytes, verification, Route.STREAM, List.of(), null);
  }

  static Moved of(long bytes, Proof proof, Route route) {
    return new Moved(bytes, verification(proof), route, List.of(), null);
  }

  /** The same, and the digest of its bytes where it is known. */
  Moved with(@Nullable Checksum known) {
    return new Moved(bytes, verification, route, parts, known, version);
  }

  /** The same, and the version that was published. */
  Moved as(@Nullable String published) {
    return new Moved(bytes, verification, route, parts, checksum, published);
  }

  /** A digest as receipts have it. */
  public static @Nullable String text(@Nullable Checksum checksum) {
    return checksum == null ? null : checksum.algorithm() + ":" + checksum.hex();
  }

  /** The verification that a proof amounts to. */
  public static Verification verification(Proof proof) {
    return proof == Proof.CHECKSUM ? Verification.CHECKSUM : Verification.LENGTH;
  }
}
