/* Licensed under Apache-2.0; see LICENSE. */
/** Random programs against random stores: what is promised holds after each of their steps. */
@NullMarked
package io.github.flytehadoop.simulation;

import org.jspecify.annotations.NullMarked;
