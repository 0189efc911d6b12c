/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import io.github.flytehadoop.hadoop.request.RetryVerdict;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed request is sent again, and after which wait. This is the one decision
 * for single requests to Azure; the SDK's own is off, and files are tried again by the engine
 * above.
 */
final class AzureRetryRules {
  private static final long LONGEST_ASKED_FOR_MILLIS = 60_000;
  private static final HttpHeaderName COME_BACK_MILLIS =
      HttpHeaderName.fromString("x-ms-retry-after-ms");
  private static final HttpHeaderName COME_BACK_SECONDS = HttpHeaderName.RETRY_AFTER;

  private final AzureClientSettings.Retries retries;

  AzureRetryRules(AzureClientSettings.Retries retries) {
    this.retries = retries;
  }

  static RetryVerdict verdict(Exception failure) {
    if (RetryVerdict.isInterrupted(failure) || failure instanceof ProxyAnswerException) {
      return RetryVerdict.FINAL;
    }
    if (failure instanceof HttpResponseException told) {
      return isPassing(told.getResponse().getStatusCode())
          ? RetryVerdict.AGAIN
          : RetryVerdict.FINAL;
    }
    if (failure instanceof AzureLoginException login) {
      return login.mayPass() ? RetryVerdict.AGAIN : RetryVerdict.FINAL;
    }
    return RetryVerdict.ofNetwork(
        failure, InvalidPathHandleException.class::isInstance, TimeoutException.class::isInstance);
  }

  private static boolean isPassing(int status) {
    return switch (status) {
      case 408, 429 -> true;
      case 501, 505 -> false;
      default -> status >= 500;
    };
  }

  /** Whether another try is due after so many. */
  boolean mayTryAgain(RetryVerdict verdict, int tries) {
    return tries <= verdict.most(retries.most());
  }

  /** The wait that doubles, or what the store asks for. */
  long waitMillis(Exception failure, RetryVerdict verdict, int tries) {
    long random =
        verdict.waitMillis(retries.firstWait().toMillis(), retries.longestWait().toMillis(), tries);
    return failure instanceof HttpResponseException told
        ? Math.max(random, askedFor(told))
        : random;
  }

  private static long askedFor(HttpResponseException told) {
    long millis = number(told.getResponse().getHeaders().getValue(COME_BACK_MILLIS), 1);
    long seconds = number(told.getResponse().getHeaders().getValue(COME_BACK_SECONDS), 1_000);
    return Math.min(LONGEST_ASKED_FOR_MILLIS, Math.max(millis, seconds));
  }

  private static long number(@Nullable String header, long unit) {
    return header != null && header.matches("\\d{1,9}") ? Long.parseLong(header) * unit : 0;
  }
}
