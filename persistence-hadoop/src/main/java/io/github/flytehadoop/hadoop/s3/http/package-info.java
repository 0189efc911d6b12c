/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: the HTTP client below the AWS SDK, its pace, its meters and its watch over bodies that
 * are sent. May use {@code concurrent}.
 */
@NullMarked
package io.github.flytehadoop.hadoop.s3.http;

import org.jspecify.annotations.NullMarked;
