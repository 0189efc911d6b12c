/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.check;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Refuses the answer to a write that no object store can have given: a login page with status 200
 * would otherwise pass for a stored object (F18). Refuses bytes that were not asked for: S3A takes
 * the whole object, or another range of it, for the range that it wanted (F07); such an answer is
 * asked for again. S3A makes an instance of its own.
 */
public final class ResponseValidator implements ExecutionInterceptor {
  /** For S3A. */
  public ResponseValidator() {}

  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    check(context.request(), context.response());
  }

  /**
   * Refuses what is no answer.
   *
   * @throws SdkClientException in words
   */
  public static void check(@Nullable SdkRequest request, SdkResponse response) {
    if (response instanceof GetObjectResponse got
        && request instanceof GetObjectRequest asked
        && asked.range() != null
        && !ContentRangeCheck.isAnswer(asked.range(), got.contentRange(), got.contentLength())) {
      throw RetryableException.create(
          "the answer has other bytes than the range that was asked for");
    }
    if (lacksAll(response)) {
      throw SdkClientException.create("the answer is not that of an object store");
    }
    if (lacksTag(response)) {
      throw SdkClientException.create("the answer is not that of an object store: it has no ETag");
    }
  }

  private static boolean lacksAll(SdkResponse response) {
    if (response instanceof HeadObjectResponse head) {
      return head.eTag() == null && head.lastModified() == null;
    }
    return response instanceof ListObjectsV2Response page
        && page.name() == null
        && page.isTruncated() == null
        && page.keyCount() == null
        && page.contents().isEmpty();
  }

  private static boolean lacksTag(SdkResponse response) {
    return (response instanceof PutObjectResponse put && put.eTag() == null)
        || (response instanceof UploadPartResponse part && part.eTag() == null);
  }
}
