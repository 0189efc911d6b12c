/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: moves one file, and the local engine. May use {@code transfer} and {@code
 * transfer.receipt}.
 */
@NullMarked
package io.github.flytehadoop.transfer.work;

import org.jspecify.annotations.NullMarked;
