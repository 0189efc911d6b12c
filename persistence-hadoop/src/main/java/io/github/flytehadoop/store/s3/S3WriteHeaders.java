/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What a written object carries beside its bytes, and the condition under which it is written.
 *
 * @param metadata of the user, and headers of the content by their names
 * @param existing what happens to an object of that name
 */
record S3WriteHeaders(Map<String, String> metadata, WriteOptions.Existing existing) {
  @Nullable String ifNoneMatch() {
    return existing == WriteOptions.Existing.REFUSE ? "*" : null;
  }

  void writeTo(PutObjectRequest.Builder put, @Nullable String encoding) {
    ContentHeaders content = ContentHeaders.of(metadata);
    put.ifNoneMatch(ifNoneMatch())
        .metadata(S3Requests.encoded(content.user()))
        .contentType(content.getOr(ContentHeaders.TYPE, S3Requests.TYPE))
        .contentEncoding(content.headers().getOrDefault(ContentHeaders.ENCODING, encoding))
        .contentLanguage(content.get(ContentHeaders.LANGUAGE))
        .contentDisposition(content.get(ContentHeaders.DISPOSITION))
        .cacheControl(content.get(ContentHeaders.CACHE_CONTROL));
  }

  /** The condition goes with the end of the upload. */
  void writeTo(CreateMultipartUploadRequest.Builder create, @Nullable String encoding) {
    ContentHeaders content = ContentHeaders.of(metadata);
    create
        .metadata(S3Requests.encoded(content.user()))
        .contentType(content.getOr(ContentHeaders.TYPE, S3Requests.TYPE))
        .contentEncoding(content.headers().getOrDefault(ContentHeaders.ENCODING, encoding))
        .contentLanguage(content.get(ContentHeaders.LANGUAGE))
        .contentDisposition(content.get(ContentHeaders.DISPOSITION))
        .cacheControl(content.get(ContentHeaders.CACHE_CONTROL));
  }
}
