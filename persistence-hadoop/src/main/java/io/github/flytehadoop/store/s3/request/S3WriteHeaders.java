/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.S3ObjectOptions;
import io.github.flytehadoop.hadoop.s3.check.MetadataEncoding;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.hadoop.ContentHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a written object carries beside its bytes, and the condition under which it is written.
 *
 * @param metadata of the user, and headers of the content by their names
 * @param existing what happens to an object of that name
 */
public record S3WriteHeaders(Map<String, String> metadata, WriteOptions.Existing existing) {
  private static final String TYPE = "application/octet-stream";

  /** The condition of a request that makes the object visible, as a header has it. */
  public @Nullable String ifNoneMatch() {
    return existing == WriteOptions.Existing.REFUSE ? "*" : null;
  }

  /**
   * The headers of a request that begins or is an object, without the condition.
   *
   * @param encoding of objects that say nothing of their own, or null
   */
  public Map<String, String> described(@Nullable String encoding) {
    ContentHeaders content = ContentHeaders.of(metadata);
    Map<String, String> headers = new TreeMap<>();
    if (encoding != null) {
      headers.put(ContentHeaders.ENCODING, encoding);
    }
    headers.put(ContentHeaders.TYPE, TYPE);
    headers.putAll(content.headers());
    encoded(content.user()).forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
    return headers;
  }

  /** All headers of a request that is an object. */
  public Map<String, String> ofPut(S3ObjectOptions objects) {
    Map<String, String> headers = new TreeMap<>(objects.created());
    headers.putAll(objects.keyed());
    headers.putAll(described(objects.contentEncoding()));
    if (ifNoneMatch() != null) {
      headers.put("If-None-Match", ifNoneMatch());
    }
    return headers;
  }

  /** Metadata as headers carry it. */
  public static Map<String, String> encoded(Map<String, String> user) {
    Map<String, String> encoded = new HashMap<>(user);
    encoded.replaceAll((name, value) -> MetadataEncoding.encode(value));
    return encoded;
  }
}
