/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Spark with the configuration that Flyte gave the task: {@link
 * io.github.flytehadoop.spark.FlyteSpark} is the way in. May use every room of {@code
 * persistence-hadoop}, and Spark.
 */
@NullMarked
package io.github.flytehadoop.spark;

import org.jspecify.annotations.NullMarked;
