/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: an exception of a store becomes a kind, a reason and a remedy. May use {@code store}
 * and the rooms below it.
 */
@NullMarked
package io.github.flytehadoop.store.failure;

import org.jspecify.annotations.NullMarked;
