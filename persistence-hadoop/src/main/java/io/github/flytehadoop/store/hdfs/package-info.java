/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: files in HDFS, and in every file system that renames. May use {@code store}, {@code
 * store.hadoop}, {@code store.failure} and {@code store.multipart}.
 */
@NullMarked
package io.github.flytehadoop.store.hdfs;

import org.jspecify.annotations.NullMarked;
