/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import io.github.flytehadoop.hadoop.proxy.ProxyAnswerException;
import io.github.flytehadoop.hadoop.request.RetryVerdict;
import java.time.Duration;
import java.util.Set;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.http.conn.ConnectTimeoutException;

/**
 * Decides whether a failed request to Google Cloud Storage is sent again, and after which wait.
 * This is the one decision for single requests; files are tried again by the engine above.
 */
final class GcsRetryRules {
  private static final int MOST_OF_BROKEN_BODIES = 2;
  private static final Set<String> TOO_MANY =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "slowDown");

  private final GcsClientSettings.Retries retries;

  GcsRetryRules(GcsClientSettings.Retries retries) {
    this.retries = retries;
  }

  static RetryVerdict verdict(Exception failure) {
    if (RetryVerdict.isInterrupted(failure)) {
      return RetryVerdict.FINAL;
    }
    if (failure instanceof HttpResponseException told) {
      return ofAnswer(told);
    }
    if (failure instanceof GcsCredentialsException) {
      return failure.getCause() instanceof Retryable login && login.isRetryable()
          ? RetryVerdict.AGAIN
          : RetryVerdict.FINAL;
    }
    if (isOver(failure)) {
      return RetryVerdict.FINAL;
    }
    return isDead(failure)
        ? RetryVerdict.DEAD
        : RetryVerdict.ofNetwork(failure, link -> false, link -> false);
  }

  /** Whether the same request would meet the same again. */
  private static boolean isOver(Exception failure) {
    return failure instanceof ProxyAnswerException
        || failure instanceof GcsUploadLostException
        || failure instanceof GcsBrokenBodyException
        || failure instanceof InvalidPathHandleException; // another version
  }

  private static RetryVerdict ofAnswer(HttpResponseException told) {
    if (isThrottling(told)) {
      return RetryVerdict.THROTTLED;
    }
    return switch (told.getStatusCode()) {
      case 408, 500, 502, 504 -> RetryVerdict.AGAIN;
      case 400 -> isBrokenBody(told) ? RetryVerdict.AT_ONCE : RetryVerdict.FINAL;
      default -> RetryVerdict.FINAL;
    };
  }

  /** Whether the store wants fewer requests. */
  static boolean isThrottling(HttpResponseException told) {
    int status = told.getStatusCode();
    return status == 429 || status == 503 || (status == 403 && TOO_MANY.contains(reasonOf(told)));
  }

  /** What the store says of the time; zero where it does not. */
  static Duration comeBackAfter(HttpResponseException told) {
    String said = told.getHeaders() == null ? null : told.getHeaders().getRetryAfter();
    return said != null && said.matches("\\d{1,9}")
        ? Duration.ofSeconds(Long.parseLong(said))
        : Duration.ZERO;
  }

  /** Whether the store compared the digest that came with a body, and refused the body. */
  static boolean isBrokenBody(HttpResponseException told) {
    return told.getStatusCode() == 400
        && String.valueOf(told.getMessage()).contains("doesn't match calculated");
  }

  /** Google's word for the reason; empty when there is none. */
  static String reasonOf(HttpResponseException told) {
    return told instanceof GoogleJsonResponseException json
            && json.getDetails() != null
            && json.getDetails().getErrors() != null
            && !json.getDetails().getErrors().isEmpty()
        ? String.valueOf(json.getDetails().getErrors().get(0).getReason())
        : "";
  }

  /** A client of Apache has a class of its own for a connection that does not come about. */
  private static boolean isDead(Throwable failure) {
    Throwable link = failure;
    while (link != null && !(link instanceof ConnectTimeoutException)) {
      link = link.getCause();
    }
    return link != null;
  }

  /** Whether another try is due after so many. */
  boolean mayTryAgain(RetryVerdict verdict, int tries) {
    int most = verdict == RetryVerdict.AT_ONCE ? MOST_OF_BROKEN_BODIES : retries.most();
    return tries <= verdict.most(most);
  }

  long waitMillis(RetryVerdict verdict, int tries) {
    long first = retries.firstWait().toMillis();
    return verdict.waitMillis(first, RetryVerdict.LONGEST_WAIT_MILLIS, tries);
  }
}
