/* Licensed under Apache-2.0; see LICENSE. */
/**
 * A Flyte task whose process is the driver of a Spark application. May use {@code
 * io.github.flytehadoop.spark} and every room of {@code persistence-hadoop}.
 */
@NullMarked
package io.github.flytehadoop.spark.task;

import org.jspecify.annotations.NullMarked;
