/* Licensed under Apache-2.0; see LICENSE. */
/**
 * How {@code DataConfig} becomes settings of Google Cloud Storage, and these our client of it. May
 * use {@code config} and the overlay.
 */
@NullMarked
package io.github.flytehadoop.hadoop.gcs;

import org.jspecify.annotations.NullMarked;
