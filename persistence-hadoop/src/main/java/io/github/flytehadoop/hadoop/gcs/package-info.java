/* Licensed under Apache-2.0; see LICENSE. */
/**
 * How {@code DataConfig} becomes settings of the Google Cloud Storage connector. May use {@code
 * config} and the overlay.
 */
@NullMarked
package io.github.flytehadoop.hadoop.gcs;

import org.jspecify.annotations.NullMarked;
