/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** What a copy does with a file that the target already has. */
public enum OnExisting {
  /** Fails with {@code CONFLICT} before the first byte; the target stays as it is. */
  FAIL,
  /** Replaces it, atomically. */
  OVERWRITE,
  /** Leaves it when it is provably the same, replaces it otherwise. */
  SKIP_IDENTICAL
}
