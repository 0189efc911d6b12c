/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.multipart.UploadedPart;
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
public record MoveResult(
    long bytes,
    Verification verification,
    Route route,
    List<UploadedPart> parts,
    @Nullable Checksum checksum,
    @Nullable String version) {
  /** A move of which no version is known. */
  public MoveResult(
      long bytes,
      Verification verification,
      Route route,
      List<UploadedPart> parts,
      @Nullable Checksum checksum) {
    this(bytes, verification, route, parts, checksum, null);
  }

  /** A move without a known checksum. */
  public MoveResult(long bytes, Verification verification) {
    this(bytes, verification, Route.STREAM, List.of(), null);
  }

  static MoveResult of(long bytes, Proof proof, Route route) {
    return new MoveResult(bytes, verification(proof), route, List.of(), null);
  }

  /** The same, and the digest of its bytes where it is known. */
  MoveResult with(@Nullable Checksum known) {
    return new MoveResult(bytes, verification, route, parts, known, version);
  }

  /** The same, and the version that was published. */
  MoveResult as(@Nullable String published) {
    return new MoveResult(bytes, verification, route, parts, checksum, published);
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
