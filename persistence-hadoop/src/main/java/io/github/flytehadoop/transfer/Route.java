/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** How the bytes of a file got to their target. */
public enum Route {
  /** Through one stream. */
  STREAM,
  /** Through several streams, perhaps of several workers. */
  PARTS,
  /** The store copied them itself; none passed here. */
  STORE
}
