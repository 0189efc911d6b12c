/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: the native library of aws-crt, where it can be loaded, and its failures. May use {@code
 * error}.
 */
@NullMarked
package io.github.flytehadoop.hadoop.s3.crt;

import org.jspecify.annotations.NullMarked;
