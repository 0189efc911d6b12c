/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/**
 * What a copy does with an entry of its source that cannot be transferred: a pipe, socket or
 * device, a link that is broken or leads out of the directory, a directory that may not be read, a
 * key that no path can name or that the target cannot hold. What the filters leave out is left out
 * first.
 */
public enum OnUnsupported {
  /** The copy fails and names the entry. */
  FAIL,
  /** The entry is left out, and the report counts and names it. */
  SKIP
}
