/* Licensed under Apache-2.0; see LICENSE. */
/** The facade: {@link io.github.flytehadoop.FileAccessProvider} wires the rooms and delegates. */
@NullMarked
package io.github.flytehadoop;

import org.jspecify.annotations.NullMarked;
