/* Licensed under Apache-2.0; see LICENSE. */
/**
 * What the settings of every store are made of: the tables' key type, the overlay that a store
 * fills, its profile, and the retries that all stores share. May use {@code config}.
 */
@NullMarked
package io.github.flytehadoop.hadoop.overlay;

import org.jspecify.annotations.NullMarked;
