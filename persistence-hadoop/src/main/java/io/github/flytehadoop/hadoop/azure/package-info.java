/* Licensed under Apache-2.0; see LICENSE. */
/**
 * How {@code DataConfig} becomes settings of ABFS, and how Azure locations become the URIs that it
 * understands. May use {@code config}, {@code location} and the overlay.
 */
@NullMarked
package io.github.flytehadoop.hadoop.azure;

import org.jspecify.annotations.NullMarked;
