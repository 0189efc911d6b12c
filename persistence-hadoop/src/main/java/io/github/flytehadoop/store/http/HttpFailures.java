/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.failure.FailureAdvice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an answer of a web server becomes a {@link FailureKind}. The query of a URL
 * is never shown: it is where signatures are.
 */
final class HttpFailures {
  private HttpFailures() {}

  static TransferException of(String verb, Location at, IOException cause) {
    return of(verb, at, null, cause);
  }

  /** The failure of a request that may have been sent to where the location's server led to. */
  static TransferException of(String verb, Location at, @Nullable URI sentTo, IOException cause) {
    if (cause instanceof HttpTimeoutException) {
      return of(FailureKind.TIMEOUT, verb, at, "the server did not answer in time", cause);
    }
    if (cause instanceof SSLException) {
      String why = "the TLS handshake failed (" + RootCause.why(cause) + ")";
      String advice = "Check the server's certificate and that this JVM trusts who signed it.";
      // who is not trusted now is not trusted in a minute either
      FailureKind kind = isUntrusted(cause) ? FailureKind.UNSUPPORTED : FailureKind.NETWORK;
      return problem(kind, verb, at, why).remedy(advice).causedBy(cause).exception();
    }
    if (cause instanceof ConnectException) {
      String why = isUnresolved(cause) ? "no host has the name of " : "nobody answers at ";
      String host = sentTo == null ? at.authority() : sentTo.getRawAuthority();
      return of(FailureKind.NETWORK, verb, at, why + Printable.unchecked(host), cause);
    }
    FailureKind kind = HadoopFailures.kindOf(cause, FailureKind.SOURCE_CHANGED);
    return of(kind, verb, at, RootCause.why(cause), cause);
  }

  private static boolean isUntrusted(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof GeneralSecurityException || link instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnresolved(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof UnresolvedAddressException || (cause != null && isUnresolved(cause));
  }

  static TransferException ofStatus(String verb, Location at, HttpResponse<?> response) {
    int status = response.statusCode();
    String why = "the server answered " + status;
    return switch (status) {
      case 404, 410 -> of(FailureKind.NOT_FOUND, verb, at, why, null);
      case 401, 407 ->
          unsupported(FailureKind.NO_CREDENTIALS, verb, at, why, "Use a URL that needs no login.");
      case 403 ->
          unsupported(
              FailureKind.ACCESS_DENIED, verb, at, why, "Ask for access, or for a new signed URL.");
      case 408, 504 -> of(FailureKind.TIMEOUT, verb, at, why, null);
      case 429, 503 -> of(FailureKind.THROTTLED, verb, at, why, null);
      case 300, 301, 302, 303, 307, 308 ->
          unsupported(
              FailureKind.UNSUPPORTED,
              verb,
              at,
              why + " and does not say what it leads to",
              "Use the web address of the file itself.");
      default ->
          status >= 500
              ? of(FailureKind.NETWORK, verb, at, why, null)
              : unsupported(FailureKind.UNSUPPORTED, verb, at, why, "Check the URL.");
    };
  }

  private static TransferException unsupported(
      FailureKind kind, String verb, Location at, String why, String advice) {
    return problem(kind, verb, at, why).remedy(advice).exception();
  }

  /** What HTTP has not. */
  static TransferException unsupported(String verb, Location at) {
    String why =
        verb.equals("list") ? "HTTP has no listings" : "web servers are for reading only here";
    String advice =
        verb.equals("list")
            ? "Name each file by its URL."
            : "Choose a store such as s3:// or hdfs://.";
    return unsupported(FailureKind.UNSUPPORTED, verb, at, why, advice);
  }

  static TransferException malformed(Location at, IllegalArgumentException cause) {
    String why = "it is no URL (" + cause.getMessage() + ")";
    return unsupported(FailureKind.UNSUPPORTED, "use", at, why, "Correct it.");
  }

  static TransferException changed(Location at) {
    return of(FailureKind.SOURCE_CHANGED, "read", at, "it was replaced meanwhile", null);
  }

  static TransferException wrongRange(Location at, long offset) {
    String why = "the server sent another range than the one from byte " + offset;
    return of(FailureKind.INTEGRITY, "read", at, why, null);
  }

  static TransferException beyondEnd(Location at, long offset, long length) {
    String why = "the range starts at byte " + offset + " of " + length;
    String advice = "Ask for a range that the file has.";
    return unsupported(FailureKind.UNSUPPORTED, "read", at, why, advice);
  }

  private static TransferException of(
      FailureKind kind, String verb, Location at, String why, @Nullable Throwable cause) {
    return problem(kind, verb, at, why)
        .remedy(FailureAdvice.of(kind, at))
        .causedBy(cause)
        .exception();
  }

  private static Problem problem(FailureKind kind, String verb, Location at, String why) {
    return Problem.cannot(verb, at.text()).because(why).kind(kind);
  }
}
