/* Licensed under Apache-2.0; see LICENSE. */
/**
 * How the files of a job take the place of older ones, on stores with and without a rename. May use
 * {@code persistence-hadoop}, Hadoop and the file formats that Spark brings, nothing of Spark.
 */
@NullMarked
package io.github.flytehadoop.spark.commit;

import org.jspecify.annotations.NullMarked;
