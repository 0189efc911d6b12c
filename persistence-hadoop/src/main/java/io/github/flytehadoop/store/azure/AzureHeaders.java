/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import com.azure.storage.blob.models.BlobProperties;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.hadoop.WriterToken;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a blob says of its content, as it is sent and as it comes back. */
final class AzureHeaders {
  private static final String BYTES = "application/octet-stream";

  private AzureHeaders() {}

  /** The headers that make a blob with these options; it replaces another unless they refuse. */
  static Map<String, String> of(WriteOptions options) {
    ContentHeaders described = ContentHeaders.of(WriterToken.addToRefusing(options));
    Map<String, String> headers = new TreeMap<>();
    described.headers().forEach((name, value) -> headers.put("x-ms-blob-" + name, value));
    headers.putIfAbsent("x-ms-blob-" + ContentHeaders.TYPE, BYTES);
    AzureMetadata.addTo(headers, described.user());
    if (options.existing() == WriteOptions.Existing.REFUSE) {
      headers.put("If-None-Match", "*");
    }
    return headers;
  }

  /** All that a user gets to see of a blob. */
  static Map<String, String> of(BlobProperties blob) {
    Map<String, String> metadata = WriterToken.hidden(AzureMetadata.of(blob.getMetadata()));
    put(metadata, ContentHeaders.TYPE, blob.getContentType(), BYTES);
    put(metadata, ContentHeaders.ENCODING, blob.getContentEncoding(), "");
    put(metadata, ContentHeaders.LANGUAGE, blob.getContentLanguage(), "");
    put(metadata, ContentHeaders.DISPOSITION, blob.getContentDisposition(), "");
    put(metadata, ContentHeaders.CACHE_CONTROL, blob.getCacheControl(), "");
    return metadata;
  }

  private static void put(
      Map<String, String> metadata, String name, @Nullable String value, String nothing) {
    if (value != null && !value.isEmpty() && !value.equals(nothing)) {
      metadata.put(name, value);
    }
  }
}
