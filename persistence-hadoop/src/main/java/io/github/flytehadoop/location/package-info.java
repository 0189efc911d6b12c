/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Where data is: the caller's string, its canonical parts, and validated paths below it. May use
 * {@code error}.
 */
@NullMarked
package io.github.flytehadoop.location;

import org.jspecify.annotations.NullMarked;
