/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.hadoop.s3.S3ObjectOptions;
import io.github.flytehadoop.hadoop.s3.check.ContentRangeCheck;
import io.github.flytehadoop.hadoop.s3.message.S3Message;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * The request for a range of an object.
 *
 * @param lengthBytes more than 0
 * @param etag of the version, without quotes, or null for any
 */
public record S3RangeRequest(String key, long offset, long lengthBytes, @Nullable String etag) {
  private String range() {
    return "bytes=" + offset + "-" + (offset + lengthBytes - 1);
  }

  /** As native code sends it. */
  S3Message message(S3ObjectOptions objects) {
    Map<String, String> headers = new TreeMap<>(objects.keyed());
    headers.put("Range", range());
    if (etag != null) {
      headers.put("If-Match", String.valueOf(S3Objects.quoted(etag)));
    }
    return new S3Message(SdkHttpMethod.GET, key, Map.of(), headers, null);
  }

  /** As the SDK sends it. */
  GetObjectRequest.Builder bySdk() {
    return GetObjectRequest.builder().key(key).ifMatch(S3Objects.quoted(etag)).range(range());
  }

  /**
   * Refuses other bytes than those that were asked for (F07).
   *
   * @param contentRange as in the answer's header, or null
   * @param found how many bytes the answer has, or null when it does not say
   * @throws RetryableException they are asked for again
   */
  void check(@Nullable String contentRange, @Nullable Long found) {
    if (!ContentRangeCheck.isAnswer(range(), contentRange, found)) {
      throw unanswered();
    }
  }

  /** Refuses fewer bytes as well, where all of them have come. */
  void checkAll(@Nullable String contentRange, long found) {
    if (found != lengthBytes) {
      throw unanswered();
    }
    check(contentRange, found);
  }

  private static RetryableException unanswered() {
    return RetryableException.create(
        "the answer has other bytes than the range that was asked for");
  }
}
