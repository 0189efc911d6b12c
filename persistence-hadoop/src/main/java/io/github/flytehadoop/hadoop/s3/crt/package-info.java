/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: the native library of aws-crt, where it can be loaded, requests over its connections,
 * and its failures. May use {@code error} and {@code hadoop.s3.message}.
 */
@NullMarked
package io.github.flytehadoop.hadoop.s3.crt;

import org.jspecify.annotations.NullMarked;
