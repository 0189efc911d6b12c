/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Flyte's structured datasets as Spark's: layout, formats, and an overwrite that keeps the old data
 * until the new is complete. May use {@code persistence-hadoop} and Spark, nothing of the room
 * above.
 */
@NullMarked
package io.github.flytehadoop.spark.data;

import org.jspecify.annotations.NullMarked;
