/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Settings of HDFS and of the file systems without a configuration of their own in Flyte. May use
 * the overlay.
 */
@NullMarked
package io.github.flytehadoop.hadoop.hdfs;

import org.jspecify.annotations.NullMarked;
