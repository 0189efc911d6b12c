/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.message;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * A request for an object whose bytes are in memory as a whole.
 *
 * @param method GET or PUT
 * @param key the literal key
 * @param query parameters of the URL
 * @param headers without those that every request carries
 * @param body null for a request without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record S3Message(
    SdkHttpMethod method,
    String key,
    Map<String, String> query,
    Map<String, String> headers,
    byte @Nullable [] body) {
  /** Copies the maps; the body stays the caller's. */
  public S3Message {
    Objects.requireNonNull(method, "method");
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }
}
