/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.proxy.NetworkProxy;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says that a proxy answered in place of the store. */
public final class S3ProxyException extends SdkClientException {
  private static final long serialVersionUID = 1L;

  S3ProxyException(NetworkProxy proxy, int status, Throwable cause) {
    super(
        SdkClientException.builder()
            .message("the proxy " + proxy + " answered " + status)
            .cause(cause));
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
