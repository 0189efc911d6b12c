/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** What was really compared after a transfer; the weakest of all its files. */
public enum Verification {
  /** The number of bytes, for every file. */
  LENGTH,
  /** The number of bytes and a digest that source or target keeps, for every file. */
  CHECKSUM
}
