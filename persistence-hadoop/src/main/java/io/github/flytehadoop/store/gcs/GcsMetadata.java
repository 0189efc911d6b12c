/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.CreateObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Metadata and headers of an object, in both directions. */
final class GcsMetadata {
  private GcsMetadata() {}

  static CreateObjectOptions describing(WriteOptions options) {
    ContentHeaders headers = ContentHeaders.of(WriterMark.addToRefusing(options));
    Map<String, byte[]> metadata = new TreeMap<>();
    headers
        .user()
        .forEach((name, value) -> metadata.put(name, value.getBytes(StandardCharsets.UTF_8)));
    var create =
        CreateObjectOptions.builder()
            .setOverwriteExisting(true)
            .setContentType(headers.getOr(ContentHeaders.TYPE, "application/octet-stream"))
            .setMetadata(metadata);
    String encoding = headers.get(ContentHeaders.ENCODING);
    if (encoding != null) {
      create.setContentEncoding(encoding);
    }
    return create.build();
  }

  static Map<String, String> of(GoogleCloudStorageItemInfo item) {
    Map<String, String> metadata = new TreeMap<>();
    if (item.getMetadata() != null) {
      item.getMetadata()
          .forEach(
              (name, value) -> {
                if (value != null) {
                  metadata.put(name, new String(value, StandardCharsets.UTF_8));
                }
              });
    }
    addHeader(metadata, ContentHeaders.TYPE, item.getContentType(), "application/octet-stream");
    addHeader(metadata, ContentHeaders.ENCODING, item.getContentEncoding(), "");
    return metadata;
  }

  private static void addHeader(
      Map<String, String> metadata, String name, @Nullable String value, String usual) {
    if (value != null && !value.isEmpty() && !value.equals(usual)) {
      metadata.put(name, value);
    }
  }
}
