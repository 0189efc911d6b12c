/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.check.MetadataEncoding;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What an object carries beside its bytes: user metadata and headers of its content. */
public final class S3Metadata {
  /** What S3A and the store write when nobody says a type. */
  public static final Set<String> NO_TYPE =
      Set.of("application/octet-stream", "binary/octet-stream");

  private S3Metadata() {}

  /** All of it, the mark of the writer too. */
  public static Map<String, String> of(HeadObjectResponse object) {
    Map<String, String> metadata = new TreeMap<>(object.metadata());
    metadata.replaceAll((name, value) -> MetadataEncoding.decode(value));
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
