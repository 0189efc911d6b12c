/* Licensed under Apache-2.0; see LICENSE. */
/** Internal: files on the local disk. May use {@code store} and {@code store.failure}. */
@NullMarked
package io.github.flytehadoop.store.local;

import org.jspecify.annotations.NullMarked;
