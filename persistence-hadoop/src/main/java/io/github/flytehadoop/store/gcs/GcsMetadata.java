/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.hadoop.WriterToken;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Metadata and headers of an object, in both directions. */
final class GcsMetadata {
  private static final String BYTES = "application/octet-stream";

  private GcsMetadata() {}

  static StorageObject describing(String key, WriteOptions options) {
    ContentHeaders headers = ContentHeaders.of(WriterToken.addToRefusing(options));
    return new StorageObject()
        .setName(key)
        .setMetadata(headers.user())
        .setContentType(headers.getOr(ContentHeaders.TYPE, BYTES))
        .setContentEncoding(headers.get(ContentHeaders.ENCODING))
        .setContentLanguage(headers.get(ContentHeaders.LANGUAGE))
        .setContentDisposition(headers.get(ContentHeaders.DISPOSITION))
        .setCacheControl(headers.get(ContentHeaders.CACHE_CONTROL));
  }

  /** An object without metadata, such as a part. */
  static StorageObject plain(String key) {
    return new StorageObject().setName(key).setContentType(BYTES);
  }

  /** All metadata, the mark of its writer included. */
  static Map<String, String> of(StorageObject object) {
    Map<String, String> metadata = new TreeMap<>();
    if (object.getMetadata() != null) {
      metadata.putAll(object.getMetadata());
    }
    addHeader(metadata, ContentHeaders.TYPE, object.getContentType(), BYTES);
    addHeader(metadata, ContentHeaders.ENCODING, object.getContentEncoding(), "");
    addHeader(metadata, ContentHeaders.LANGUAGE, object.getContentLanguage(), "");
    addHeader(metadata, ContentHeaders.DISPOSITION, object.getContentDisposition(), "");
    addHeader(metadata, ContentHeaders.CACHE_CONTROL, object.getCacheControl(), "");
    return metadata;
  }

  private static void addHeader(
      Map<String, String> metadata, String name, @Nullable String value, String usual) {
    if (value != null && !value.isEmpty() && !value.equals(usual)) {
      metadata.put(name, value);
    }
  }
}
