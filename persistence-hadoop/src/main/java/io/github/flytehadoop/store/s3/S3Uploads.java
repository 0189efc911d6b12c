/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.RereadableSource;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;

/**
 * The two ways of bytes to one object.
 *
 * @param partBytes of the parts of a stream
 */
record S3Uploads(S3Requests requests, String key, S3WriteHeaders headers, long partBytes) {
  /** Of a source, which can be read again. */
  S3DirectUpload of(RereadableSource source) {
    return new S3DirectUpload(requests, key, headers, source);
  }

  /** Of bytes that come once, and whose end nobody knows. */
  S3StreamUpload ofStream() {
    return new S3StreamUpload(requests, key, headers, S3PartSizes.of(partBytes));
  }
}
