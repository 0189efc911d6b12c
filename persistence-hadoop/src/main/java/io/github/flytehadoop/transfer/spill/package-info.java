/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Sequences of any length in bounded memory: packed bytes, on the local disk when they grow. May
 * use {@code error}.
 */
@NullMarked
package io.github.flytehadoop.transfer.spill;

import org.jspecify.annotations.NullMarked;
