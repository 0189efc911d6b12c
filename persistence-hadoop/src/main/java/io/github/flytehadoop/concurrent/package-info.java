/* Licensed under Apache-2.0; see LICENSE. */
/** Threads, waits and clocks that every room needs. Uses the JDK alone. */
@NullMarked
package io.github.flytehadoop.concurrent;

import org.jspecify.annotations.NullMarked;
