/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.message;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An answer whose bytes are in memory as a whole.
 *
 * @param response status and headers
 * @param body empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record S3Answer(SdkHttpResponse response, byte[] body) {
  /** The first value of a header, or null. */
  public @Nullable String header(String name) {
    return response.firstMatchingHeader(name).orElse(null);
  }
}
