/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: files in S3 and compatible stores. May use {@code store}, {@code store.hadoop}, {@code
 * store.failure} and {@code store.multipart}.
 */
@NullMarked
package io.github.flytehadoop.store.s3;

import org.jspecify.annotations.NullMarked;
