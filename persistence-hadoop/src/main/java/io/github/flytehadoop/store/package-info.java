/* Licensed under Apache-2.0; see LICENSE. */
/**
 * One contract for every place that holds data, and its implementations. May use {@code hadoop},
 * {@code location} and {@code error}. Failures leave this room classified.
 */
@NullMarked
package io.github.flytehadoop.store;

import org.jspecify.annotations.NullMarked;
