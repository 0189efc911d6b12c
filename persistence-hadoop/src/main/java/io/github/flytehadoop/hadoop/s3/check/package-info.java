/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: what our clients of S3 and S3A compare in requests and answers, as interceptors of the
 * AWS SDK. May use {@code error} and {@code location}.
 */
@NullMarked
package io.github.flytehadoop.hadoop.s3.check;

import org.jspecify.annotations.NullMarked;
