/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import io.github.flytehadoop.hadoop.request.RetryVerdict;
import io.github.flytehadoop.hadoop.s3.crt.NotNativeException;
import io.github.flytehadoop.hadoop.s3.http.ClockSkew;
import java.io.UncheckedIOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;

/**
 * Decides whether a failed request is sent again, and after which wait. This is the one decision
 * for single requests; files are tried again by the engine above.
 */
final class S3RetryRules {
  private static final int MOST_AT_ONCE = 2;
  private static final int NOT_IMPLEMENTED = 501;
  private static final Set<String> PASSING =
      Set.of("InternalError", "ServiceUnavailable", "RequestTimeout");

  private final S3ClientSettings.Retries retries;

  S3RetryRules(S3ClientSettings.Retries retries) {
    this.retries = retries;
  }

  static RetryVerdict verdict(Exception failure) {
    if (failure instanceof AbortedException || RetryVerdict.isInterrupted(failure)) {
      return RetryVerdict.FINAL;
    }
    if (failure instanceof SdkServiceException told) {
      return ofAnswer(told);
    }
    boolean retryable = failure instanceof SdkException sdk && sdk.retryable();
    return RetryVerdict.ofNetwork(failure, S3RetryRules::isHopeless, link -> retryable);
  }

  private static RetryVerdict ofAnswer(SdkServiceException told) {
    if (ClockSkew.isReason(told)) {
      return RetryVerdict.AT_ONCE;
    }
    if (RetryUtils.isThrottlingException(told)) {
      return RetryVerdict.THROTTLED;
    }
    boolean passing = told.statusCode() >= 500 && told.statusCode() != NOT_IMPLEMENTED;
    return passing || told.retryable() || isPassingCode(told)
        ? RetryVerdict.AGAIN
        : RetryVerdict.FINAL;
  }

  /** Copies and ends of uploads that fail late say so in an answer with status 200. */
  private static boolean isPassingCode(SdkServiceException told) {
    return told instanceof AwsServiceException aws
        && aws.awsErrorDetails() != null
        && PASSING.contains(String.valueOf(aws.awsErrorDetails().errorCode()));
  }

  private static boolean isHopeless(Throwable link) {
    return link instanceof UncheckedIOException // of the source of a body
        || link instanceof NotNativeException;
  }

  /** Whether another try is due after so many. */
  boolean mayTryAgain(RetryVerdict verdict, int tries) {
    int most =
        switch (verdict) {
          case THROTTLED -> retries.mostThrottled();
          case AT_ONCE -> Math.min(retries.most(), MOST_AT_ONCE);
          default -> retries.most();
        };
    return tries <= verdict.most(most);
  }

  long waitMillis(RetryVerdict verdict, int tries) {
    long first =
        verdict == RetryVerdict.THROTTLED
            ? retries.firstWaitThrottled().toMillis()
            : retries.firstWait().toMillis();
    return verdict.waitMillis(first, RetryVerdict.LONGEST_WAIT_MILLIS, tries);
  }
}
