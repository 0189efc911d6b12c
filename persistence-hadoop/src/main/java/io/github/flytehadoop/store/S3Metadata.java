/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What an object has besides its bytes. */
final class S3Metadata {
  /** What S3A and the store write when nobody says a type. */
  private static final Set<String> NO_TYPE =
      Set.of("application/octet-stream", "binary/octet-stream");

  private S3Metadata() {}

  static Map<String, String> of(HeadObjectResponse object) {
    Map<String, String> metadata = new TreeMap<>(object.metadata());
    Map<String, @Nullable String> headers = new TreeMap<>();
    headers.put(ContentHeaders.TYPE, object.contentType());
    headers.put(ContentHeaders.ENCODING, object.contentEncoding());
    headers.put(ContentHeaders.LANGUAGE, object.contentLanguage());
    headers.put(ContentHeaders.DISPOSITION, object.contentDisposition());
    headers.put(ContentHeaders.CACHE_CONTROL, object.cacheControl());
    headers.forEach(
        (name, value) -> {
          if (value != null && !value.isEmpty() && !NO_TYPE.contains(value)) {
            metadata.put(name, value);
          }
        });
    return metadata;
  }
}
