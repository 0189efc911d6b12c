/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

/** What a comparison of sent and arrived bytes rests on; the stronger comes later. */
public enum Proof {
  /** The number of bytes. */
  LENGTH,
  /** The number of bytes and a digest that the store computed itself. */
  CHECKSUM
}
