/* Licensed under Apache-2.0; see LICENSE. */
/** Internal: files in memory, for tests. May use {@code store} and {@code store.failure}. */
@NullMarked
package io.github.flytehadoop.store.memory;

import org.jspecify.annotations.NullMarked;
