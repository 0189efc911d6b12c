/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/** Flyte's own term for the shape of a blob. */
public enum BlobDimensionality {
  /** One file. */
  SINGLE,
  /** A directory: every file below a path. */
  MULTIPART
}
