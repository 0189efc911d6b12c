/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the answers of Google Cloud Storage mean, and what our client of it says by itself. */
final class GoogleReasons {
  private static final Set<String> TOO_MANY =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "slowDown");

  private static final String BROKEN = "doesn't match calculated";

  private GoogleReasons() {}

  static @Nullable FailureReason of(List<Throwable> chain) {
    for (Throwable link : chain) {
      switch (link.getClass().getSimpleName()) {
        case "GcsCredentialsException" -> {
          return new FailureReason(FailureKind.NO_CREDENTIALS, RootCause.line(said(link)), null);
        }
        case "GcsUploadLostException" -> {
          return new FailureReason(
              FailureKind.NETWORK, RootCause.line(said(link)), "Run it again.");
        }
        case "GcsBrokenBodyException" -> {
          return new FailureReason(FailureKind.INTEGRITY, RootCause.line(said(link)), null);
        }
        case "GoogleJsonResponseException" -> {
          return ofAnswer(link);
        }
        default -> {}
      }
    }
    return null;
  }

  private static String said(Throwable link) {
    return String.valueOf(link.getMessage());
  }

  /** Null where the status says it all. */
  private static @Nullable FailureReason ofAnswer(Throwable link) {
    Object details = answer(link, "getDetails");
    Object words = details == null ? null : answer(details, "getMessage");
    String why = words == null ? "" : RootCause.line(words.toString());
    String reason = details == null ? "" : reasonOf(details);
    if (said(link).contains(BROKEN)) {
      return new FailureReason(
          FailureKind.INTEGRITY, "the bytes that arrived are not those that were sent", null);
    }
    int status = answer(link, "getStatusCode") instanceof Integer number ? number : 0;
    return switch (status) {
      case 400 ->
          new FailureReason(FailureKind.UNSUPPORTED, named(why, "Bad Request", reason), null);
      case 403 ->
          TOO_MANY.contains(reason)
              ? new FailureReason(
                  FailureKind.THROTTLED, named(why, "too many requests", reason), null)
              : new FailureReason(
                  FailureKind.ACCESS_DENIED, named(why, "the store refuses it", reason), null);
      case 401 ->
          new FailureReason(
              FailureKind.NO_CREDENTIALS, named(why, "the store refuses the token", ""), null);
      case 404 ->
          new FailureReason(
              FailureKind.NOT_FOUND,
              why.isBlank() || why.equals("Not Found") ? "it is not there" : why,
              null);
      default -> null;
    };
  }

  private static String named(String why, String otherwise, String reason) {
    String what = why.isBlank() ? otherwise : why;
    return reason.isEmpty() ? what : what + " (" + reason + ")";
  }

  /** Google's word for it; empty where there is none. */
  private static String reasonOf(Object details) {
    if (answer(details, "getErrors") instanceof List<?> errors && !errors.isEmpty()) {
      Object reason = answer(errors.get(0), "getReason");
      return reason == null ? "" : reason.toString();
    }
    return "";
  }

  private static @Nullable Object answer(@Nullable Object of, String accessor) {
    try {
      return of == null ? null : of.getClass().getMethod(accessor).invoke(of);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
      return null;
    }
  }
}
