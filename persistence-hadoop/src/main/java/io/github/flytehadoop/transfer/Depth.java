/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** How far a listing or a deletion reaches. */
public enum Depth {
  /** What is directly there: a listing's entries, or one file. */
  CHILDREN,
  /** Everything below. */
  TREE
}
