/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: the requests that read and write objects of S3, and what they carry. May use {@code
 * store}, {@code store.hadoop} and {@code hadoop.s3}.
 */
@NullMarked
package io.github.flytehadoop.store.s3.request;

import org.jspecify.annotations.NullMarked;
