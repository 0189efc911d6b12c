/* Licensed under Apache-2.0; see LICENSE. */
/**
 * The MapReduce engine: its own input format over the same plan. May use {@code transfer} and
 * Hadoop's MapReduce.
 */
@NullMarked
package io.github.flytehadoop.transfer.mapreduce;

import org.jspecify.annotations.NullMarked;
