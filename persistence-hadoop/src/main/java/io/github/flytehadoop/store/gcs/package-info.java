/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: files in Google Cloud Storage. May use {@code store}, {@code store.hadoop}, {@code
 * store.failure} and {@code store.multipart}.
 */
@NullMarked
package io.github.flytehadoop.store.gcs;

import org.jspecify.annotations.NullMarked;
