/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a failed request means for the next try. The answers of a store are read by the rules of its
 * client; what the network does means the same to all of them and is decided here.
 */
public enum RetryVerdict {
  /** Nothing helps. */
  FINAL,
  /** The store or the network may recover. */
  AGAIN,
  /** The store wants fewer requests. */
  THROTTLED,
  /** Nobody answers: a few tries, soon. */
  DEAD,
  /** What was wrong has been put right: at once. */
  AT_ONCE;

  private static final int MOST_TO_DEAD_ENDPOINTS = 3;
  private static final long LONGEST_WAIT_FOR_DEAD_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 16;

  /** The longest wait between two tries, where no setting says another. */
  public static final long LONGEST_WAIT_MILLIS = 20_000;

  /** Whether the thread was asked to end, even where a client has taken its mark away since. */
  public static boolean isInterrupted(Exception failure) {
    return Thread.currentThread().isInterrupted() || isInterruption(failure);
  }

  /** Whether a failure says that its thread was asked to end; timeouts have the same class. */
  public static boolean isInterruption(Exception failure) {
    return failure instanceof InterruptedException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException)
            && !failure.getClass().getSimpleName().contains("Timeout"));
  }

  /**
   * What a failure without an answer of the store means.
   *
   * @param hopeless what else of a client's failures nothing helps against
   * @param passing what else of a client's failures may pass
   */
  public static RetryVerdict ofNetwork(
      Exception failure, Predicate<Throwable> hopeless, Predicate<Throwable> passing) {
    boolean network = false;
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (isHopeless(link) || hopeless.test(link)) {
        return FINAL;
      }
      if (link instanceof ConnectException) {
        return DEAD;
      }
      network |= link instanceof IOException || passing.test(link);
    }
    return network ? AGAIN : FINAL;
  }

  private static boolean isHopeless(Throwable link) {
    return link instanceof UnknownHostException
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

  /** How many tries there are behind the first, where settings allow so many. */
  public int most(int most) {
    return switch (this) {
      case FINAL -> 0;
      case DEAD -> Math.min(most, MOST_TO_DEAD_ENDPOINTS);
      case AGAIN, THROTTLED, AT_ONCE -> most;
    };
  }

  /**
   * Half of a wait that doubles with each try, and anything up to the other half.
   *
   * @param firstMillis the wait behind the first try
   */
  public long waitMillis(long firstMillis, long longestMillis, int tries) {
    long longest =
        switch (this) {
          case AT_ONCE, FINAL -> 0;
          case DEAD -> Math.min(longestMillis, LONGEST_WAIT_FOR_DEAD_MILLIS);
          case AGAIN, THROTTLED -> longestMillis;
        };
    long wait = Math.min(longest, firstMillis << Math.min(tries - 1, MOST_DOUBLINGS));
    return wait <= 1 ? wait : wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1);
  }
}
