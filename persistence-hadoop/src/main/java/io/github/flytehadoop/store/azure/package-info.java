/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: files in Azure Blob Storage. May use {@code store}, {@code store.hadoop}, {@code
 * store.failure} and {@code store.multipart}.
 */
@NullMarked
package io.github.flytehadoop.store.azure;

import org.jspecify.annotations.NullMarked;
