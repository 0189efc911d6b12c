/* Licensed under Apache-2.0; see LICENSE. */
/**
 * Internal: sources of AWS credentials that are asked in turn, and those that were written for
 * another AWS SDK than the one here. Uses nothing of ours.
 */
@NullMarked
package io.github.flytehadoop.hadoop.s3.identity;

import org.jspecify.annotations.NullMarked;
