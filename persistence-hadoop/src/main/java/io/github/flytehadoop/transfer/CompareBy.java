/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** What a comparison of two files rests on. */
public enum CompareBy {
  /** Lengths alone. */
  LENGTHS,
  /**
   * Lengths, and digests of one algorithm that both stores keep. Of a local file it is computed in
   * a check, never in a copy; no byte of any other file is read. A copy that skips what is the same
   * goes by length and time where there is no digest.
   */
  DIGESTS,
  /**
   * Proof: a check reads the bytes of every file from both sides, a copy only where no digest
   * tells.
   */
  CONTENT
}
