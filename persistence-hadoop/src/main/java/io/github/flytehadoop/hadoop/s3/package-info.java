/* Licensed under Apache-2.0; see LICENSE. */
/** How {@code DataConfig} becomes settings of S3A. May use {@code config} and the overlay. */
@NullMarked
package io.github.flytehadoop.hadoop.s3;

import org.jspecify.annotations.NullMarked;
