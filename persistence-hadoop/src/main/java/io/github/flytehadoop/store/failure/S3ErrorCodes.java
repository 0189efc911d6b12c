/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import static io.github.flytehadoop.error.FailureKind.ACCESS_DENIED;
import static io.github.flytehadoop.error.FailureKind.INTEGRITY;
import static io.github.flytehadoop.error.FailureKind.NETWORK;
import static io.github.flytehadoop.error.FailureKind.NOT_FOUND;
import static io.github.flytehadoop.error.FailureKind.NO_CREDENTIALS;
import static io.github.flytehadoop.error.FailureKind.TIMEOUT;
import static io.github.flytehadoop.error.FailureKind.UNSUPPORTED;

import io.github.flytehadoop.error.FailureKind;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the error codes of S3 mean. A HEAD has no code: there the status is all there is. */
public final class S3ErrorCodes {
  private static final int BAD_REQUEST = 400;
  private static final int MOVED = 301;
  private static final int NOT_IMPLEMENTED = 501;

  private static final String SET_REGION = "Set the region of the bucket in DataConfig.";
  private static final String RENEW = "Renew the session token.";
  private static final Map<String, FailureReason> BY_CODE = new HashMap<>();

  static {
    say("InvalidAccessKeyId", NO_CREDENTIALS, "the store does not know this access key", null);
    say(
        "SignatureDoesNotMatch",
        NO_CREDENTIALS,
        "the secret key does not fit the access key (its signature is wrong)",
        null);
    say("ExpiredToken", NO_CREDENTIALS, "the session token has expired", RENEW);
    say("TokenRefreshRequired", NO_CREDENTIALS, "the session token has expired", RENEW);
    say("InvalidToken", NO_CREDENTIALS, "the session token is not valid", RENEW);
    say(
        "RequestTimeTooSkewed",
        ACCESS_DENIED,
        "the clocks of this machine and of the store differ too much",
        "Set the clock.");
    say(
        "NoSuchBucket",
        NOT_FOUND,
        "the bucket does not exist",
        "Check its name and the endpoint, or create it.");
    say(
        "NoSuchUpload",
        NETWORK,
        "the store no longer knows this upload: somebody aborted it, or an answer was lost",
        "Run it again.");
    say("InvalidPart", INTEGRITY, "the store no longer knows a part of this upload", null);
    say("EntityTooSmall", INTEGRITY, "a part arrived shorter than it was sent", null);
    say("BadDigest", INTEGRITY, "the bytes that arrived are not those that were sent", null);
    say("XAmzContentSHA256Mismatch", INTEGRITY, "the bytes that arrived are not those sent", null);
    say("IncompleteBody", NETWORK, "fewer bytes arrived than were sent", null);
    say("RequestTimeout", TIMEOUT, "the bytes did not arrive in time", null);
    say(
        "InvalidObjectState",
        UNSUPPORTED,
        "the object is in an archive",
        "Restore it first, then run it again.");
    say("KeyTooLongError", UNSUPPORTED, "the key is longer than 1024 bytes", null);
    say("EntityTooLarge", UNSUPPORTED, "the object is larger than the store takes", null);
    say("PermanentRedirect", UNSUPPORTED, "the bucket is in another region", SET_REGION);
    say("TemporaryRedirect", UNSUPPORTED, "the bucket is in another region", SET_REGION);
    say("AuthorizationHeaderMalformed", UNSUPPORTED, "the region is wrong", SET_REGION);
    say("IllegalLocationConstraintException", UNSUPPORTED, "the region is wrong", SET_REGION);
  }

  private S3ErrorCodes() {}

  private static void say(String code, FailureKind kind, String why, @Nullable String advice) {
    BY_CODE.put(code, new FailureReason(kind, why + " (" + code + ")", advice));
  }

  static @Nullable FailureReason of(List<Throwable> chain) {
    for (Throwable link : chain) {
      Object details = answer(link, "awsErrorDetails");
      if (details != null) {
        return of(String.valueOf(answer(details, "errorCode")), answer(link, "statusCode"), link);
      }
    }
    return null;
  }

  /** Whether the store answered with this code. */
  public static boolean isCode(Throwable failure, String code) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      Object details = answer(link, "awsErrorDetails");
      if (details != null) {
        return code.equals(answer(details, "errorCode"));
      }
    }
    return false;
  }

  private static @Nullable FailureReason of(String code, @Nullable Object status, Throwable link) {
    FailureReason known = BY_CODE.get(code);
    if (known != null || !(status instanceof Integer number)) {
      return known;
    }
    return switch (number) {
      case MOVED -> BY_CODE.get("PermanentRedirect");
      case NOT_IMPLEMENTED ->
          new FailureReason(
              UNSUPPORTED,
              "the store cannot do this (" + RootCause.why(link) + ")",
              "Use another store.");
      case BAD_REQUEST -> badRequest(code, link);
      default -> null;
    };
  }

  private static FailureReason badRequest(String code, Throwable link) {
    boolean unknown = code.isEmpty() || code.equals("null") || code.startsWith("400");
    return unknown
        ? new FailureReason(
            ACCESS_DENIED,
            "the store does not say why it refuses, as with an expired token or a wrong region",
            "Check the credentials, the region and the endpoint.")
        : new FailureReason(
            UNSUPPORTED,
            RootCause.why(link) + " (" + code + ")",
            "Check the name and the settings of this store.");
  }

  private static @Nullable Object answer(Object of, String accessor) {
    try {
      return of.getClass().getMethod(accessor).invoke(of);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
      return null;
    }
  }
}
