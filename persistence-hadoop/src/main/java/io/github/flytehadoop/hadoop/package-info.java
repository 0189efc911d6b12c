/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Where {@code DataConfig} meets Hadoop: {@link io.github.flytehadoop.hadoop.HadoopSettings} is the
 * overlay of keys that is laid over a Configuration, made of one sub-room for each store. May use
 * {@code config}, {@code location}, {@code error} and Hadoop.
 */
@NullMarked
package io.github.flytehadoop.hadoop;

import org.jspecify.annotations.NullMarked;
