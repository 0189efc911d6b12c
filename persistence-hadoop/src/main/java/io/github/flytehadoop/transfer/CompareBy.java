/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** What a comparison of two places rests on. */
public enum CompareBy {
  /** Lengths, and the digests that both stores keep; no byte of a file is read. */
  DIGESTS,
  /** The bytes of every file, read from both. */
  CONTENT
}
