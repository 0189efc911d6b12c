/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;

/**
 * Decides whether a failed request is sent again, and after which wait. This is the one decision
 * for single requests; files are tried again by the engine above.
 */
final class S3RetryRules {
  private static final int MOST_TO_DEAD_ENDPOINTS = 3;
  private static final long LONGEST_WAIT_MILLIS = 20_000;
  private static final long LONGEST_WAIT_FOR_DEAD_MILLIS = 1_000;
  private static final int NOT_IMPLEMENTED = 501;

  /** What a failure means for the next try. */
  enum Verdict {
    /** Nothing helps. */
    FINAL,
    /** The store or the network may recover. */
    AGAIN,
    /** The store wants fewer requests. */
    THROTTLED,
    /** Nobody answers: a few tries, soon. */
    DEAD,
    /** The clock has been corrected: at once. */
    AT_ONCE
  }

  private final S3ClientSettings.Retries retries;

  S3RetryRules(S3ClientSettings.Retries retries) {
    this.retries = retries;
  }

  static Verdict verdict(Exception failure) {
    if (failure instanceof AbortedException
        || isInterruption(failure)
        || Thread.currentThread().isInterrupted()) {
      return Verdict.FINAL;
    }
    if (failure instanceof SdkServiceException told) {
      return ofAnswer(told);
    }
    return ofNetwork(failure);
  }

  private static Verdict ofAnswer(SdkServiceException told) {
    if (RetryUtils.isClockSkewException(told)) {
      return Verdict.AT_ONCE;
    }
    if (RetryUtils.isThrottlingException(told)) {
      return Verdict.THROTTLED;
    }
    boolean passing = told.statusCode() >= 500 && told.statusCode() != NOT_IMPLEMENTED;
    return passing || told.retryable() ? Verdict.AGAIN : Verdict.FINAL;
  }

  private static Verdict ofNetwork(Exception failure) {
    boolean network = failure instanceof SdkException told && told.retryable();
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (isFinal(link)) {
        return Verdict.FINAL;
      }
      if (link instanceof ConnectException) {
        return Verdict.DEAD;
      }
      network |= link instanceof IOException;
    }
    return network ? Verdict.AGAIN : Verdict.FINAL;
  }

  private static boolean isFinal(Throwable link) {
    return link instanceof UncheckedIOException // of the source of a body
        || link instanceof UnknownHostException
        || link instanceof SSLHandshakeException
        || link instanceof SSLPeerUnverifiedException
        || link instanceof GeneralSecurityException
        || isPlainText(link);
  }

  /** A server without TLS answers to a client with it. */
  private static boolean isPlainText(Throwable link) {
    return link instanceof SSLException
        && String.valueOf(link.getMessage()).contains("SSL message");
  }

  private static boolean isInterruption(Exception failure) {
    return failure instanceof InterruptedIOException
        && !(failure instanceof java.net.SocketTimeoutException)
        && !failure.getClass().getSimpleName().contains("Timeout");
  }

  /** Whether another try is due after so many. */
  boolean mayTryAgain(Verdict verdict, int tries) {
    return switch (verdict) {
      case FINAL -> false;
      case AGAIN -> tries <= retries.most();
      case THROTTLED -> tries <= retries.mostThrottled();
      case DEAD -> tries <= Math.min(retries.most(), MOST_TO_DEAD_ENDPOINTS);
      case AT_ONCE -> tries <= Math.min(retries.most(), 2);
    };
  }

  /** Half of a wait that doubles, and anything up to the other half. */
  long waitMillis(Verdict verdict, int tries) {
    long first =
        verdict == Verdict.THROTTLED
            ? retries.firstWaitThrottled().toMillis()
            : retries.firstWait().toMillis();
    long longest =
        switch (verdict) {
          case AT_ONCE, FINAL -> 0;
          case DEAD -> LONGEST_WAIT_FOR_DEAD_MILLIS;
          default -> LONGEST_WAIT_MILLIS;
        };
    long wait = Math.min(longest, first << Math.min(tries - 1, 10));
    return wait <= 1 ? wait : wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
  }
}
