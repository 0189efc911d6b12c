/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/**
 * What a comparison of two places found.
 *
 * @param same files that both have with the same length, and no digest says otherwise
 * @param proven how many of these a digest of both stores, or all their bytes, prove to be the same
 * @param different files that both have and whose bytes differ
 * @param onlyFirst files that only the first place has
 * @param onlySecond files that only the second place has
 */
public record CheckReport(long same, long proven, long different, long onlyFirst, long onlySecond) {
  /** Whether every file that is the same was proven to be. */
  public boolean isProven() {
    return same == proven;
  }

  /** Whether no difference was found; {@link #proven()} says how far that is a proof. */
  public boolean isSame() {
    return different == 0 && onlyFirst == 0 && onlySecond == 0;
  }
}
