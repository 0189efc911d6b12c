/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: from a location to its store. May use every room of {@code store}; none of them sees
 * it.
 */
@NullMarked
package io.github.flytehadoop.store.registry;

import org.jspecify.annotations.NullMarked;
