/* Licensed under Apache-2.0; see LICENSE. */
/** Java values to literals and msgpack and back: exact, or a failure that names the place. */
@NullMarked
package io.github.flytehadoop.literal.mapping;

import org.jspecify.annotations.NullMarked;
