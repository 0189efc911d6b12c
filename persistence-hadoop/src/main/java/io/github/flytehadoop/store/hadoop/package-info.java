/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: what all stores on Hadoop's API share. May use {@code store}, {@code store.failure} and
 * {@code store.multipart}.
 */
@NullMarked
package io.github.flytehadoop.store.hadoop;

import org.jspecify.annotations.NullMarked;
