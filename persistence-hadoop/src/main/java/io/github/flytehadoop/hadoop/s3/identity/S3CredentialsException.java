/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.identity;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says that no source of credentials gave any, and why. Another try does not help. */
public final class S3CredentialsException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  /** What was asked, and why it gave none. */
  public S3CredentialsException(String message, @Nullable Throwable cause) {
    super(SdkClientException.builder().message(message).cause(cause));
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
