/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Failures before a store could answer, or when what answers is no store. */
final class ConnectionFailures {
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(?:connect |connection )?to ([\\w.-]+:\\d{1,5}|\\[[0-9a-f:]+]:\\d+)");

  private static final Pattern TRIES = Pattern.compile("^after (\\d+) tries: ");

  private static final Pattern REFUSED_LOGIN = Pattern.compile("HTTP Error (4\\d\\d)");
  private static final Pattern LOGIN_ERROR =
      Pattern.compile("\"error\"\\s*:\\s*\"([\\w.-]{1,80})\"");

  private ConnectionFailures() {}

  static @Nullable FailureReason of(List<Throwable> chain) {
    FailureReason innermost = null;
    for (Throwable link : chain) {
      FailureReason reason = of(link, chain);
      innermost = reason == null ? innermost : reason;
    }
    return innermost;
  }

  private static @Nullable FailureReason of(Throwable link, List<Throwable> chain) {
    if (link instanceof UnknownHostException) {
      return new FailureReason(
          FailureKind.NETWORK,
          "the host " + hostOf(link) + " is unknown",
          "Check the name of the endpoint and the network.");
    }
    if (link instanceof ConnectException) {
      return new FailureReason(
          FailureKind.NETWORK, "nobody answers at " + addressOf(chain) + tries(chain), null);
    }
    if (link instanceof SSLPeerUnverifiedException || isUntrusted(link)) {
      return new FailureReason(
          FailureKind.UNSUPPORTED,
          "the TLS certificate is not trusted (" + RootCause.why(link) + ")",
          "Check the endpoint, its certificate and the trust store of this JVM.");
    }
    if (link.getClass().getName().endsWith("oauth2.AzureADAuthenticator$HttpException")) {
      return ofLogin(String.valueOf(link.getMessage()));
    }
    if (link instanceof NullPointerException && isSdk(link)) {
      return new FailureReason(
          FailureKind.NETWORK,
          "the answer is not that of an object store",
          "Check the endpoint: a proxy or a login page may answer in its place.");
    }
    return null;
  }

  /** How often a client that counts has tried; empty where it does not say. */
  private static String tries(List<Throwable> chain) {
    for (Throwable link : chain) {
      Matcher tries = TRIES.matcher(String.valueOf(link.getMessage()));
      if (tries.find()) {
        return ", tried " + tries.group(1) + " times";
      }
    }
    return "";
  }

  /** The login server of Azure's accounts is not the store; its message is a page long. */
  private static @Nullable FailureReason ofLogin(String said) {
    Matcher refused = REFUSED_LOGIN.matcher(said);
    if (!refused.find()) {
      return null;
    }
    Matcher error = LOGIN_ERROR.matcher(said);
    String what = error.find() ? ", " + Printable.of(error.group(1)) : "";
    String why = "the login server gives no token (" + refused.group(1) + what + ")";
    return new FailureReason(FailureKind.NO_CREDENTIALS, why, null);
  }

  private static boolean isUntrusted(Throwable link) {
    boolean plain =
        link instanceof SSLException && String.valueOf(link.getMessage()).contains("SSL message");
    return plain || link instanceof GeneralSecurityException;
  }

  /** The SDK leaves a member empty when the answer did not have it. */
  private static boolean isSdk(Throwable defect) {
    return String.valueOf(defect.getMessage()).contains("awssdk");
  }

  /** {@code host}, {@code host: Name or service not known} or {@code Invalid host name: ...}. */
  private static String hostOf(Throwable unknownHost) {
    String said = String.valueOf(unknownHost.getMessage());
    Matcher quoted = Pattern.compile("\"([^\" ]+)\"").matcher(said);
    String host = quoted.find() ? quoted.group(1) : said.split("[:\\s]", 2)[0];
    return Printable.of(host);
  }

  private static String addressOf(List<Throwable> chain) {
    for (Throwable link : chain) {
      Matcher address = ADDRESS.matcher(String.valueOf(link.getMessage()));
      if (address.find()) {
        return address.group(1) + " (" + RootCause.why(link) + ")";
      }
    }
    return "the endpoint (" + RootCause.why(chain.get(0)) + ")";
  }
}
