/* Licensed under Apache-2.0; see LICENSE. */
/** Internal: requests to S3 and their answers, whoever carries them. Uses no other room. */
@NullMarked
package io.github.flytehadoop.hadoop.s3.message;

import org.jspecify.annotations.NullMarked;
