/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Refuses the answer to a write that no object store can have given: a login page with status 200
 * would otherwise pass for a stored object (F18). S3A makes an instance of its own.
 */
public final class AnswerCheck implements ExecutionInterceptor {
  /** For S3A. */
  public AnswerCheck() {}

  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    SdkResponse response = context.response();
    boolean lacksTag =
        (response instanceof PutObjectResponse put && put.eTag() == null)
            || (response instanceof UploadPartResponse part && part.eTag() == null);
    if (lacksTag) {
      throw SdkClientException.create("the answer is not that of an object store: it has no ETag");
    }
  }
}
