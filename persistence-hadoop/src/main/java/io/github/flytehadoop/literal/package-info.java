/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Flyte's literals as values and bytes: every kind both ways, typed reading that is exact or fails,
 * and msgpack. No input or output happens here. May use {@code error}.
 */
@NullMarked
package io.github.flytehadoop.literal;

import org.jspecify.annotations.NullMarked;
