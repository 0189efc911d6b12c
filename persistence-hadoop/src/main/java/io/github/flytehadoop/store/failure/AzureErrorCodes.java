/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the error codes of Azure's blob service mean, and what its client says of them. */
public final class AzureErrorCodes {
  private static final String CLIENT = "BlobStorageException";
  private static final String LOGIN = "AzureLoginException";

  /** The answer is in the message, whole; of a HEAD there is the code alone. */
  private static final Pattern SAID = Pattern.compile("<Message>\\s*([^<\\r\\n]+)");

  /** Emulators have another code for it. */
  private static final String UNKNOWN_IDENTITY = "Server failed to authenticate the request";

  private record Meaning(@Nullable FailureKind kind, String why) {}

  private static final Map<String, Meaning> BY_CODE = new HashMap<>();

  static {
    say("BlobNotFound", FailureKind.NOT_FOUND, "The specified blob does not exist");
    say("ContainerNotFound", FailureKind.NOT_FOUND, "The specified container does not exist");
    say("BlobAlreadyExists", FailureKind.CONFLICT, "The specified blob already exists");
    say("ConditionNotMet", null, "The blob was replaced");
    say(
        "Md5Mismatch",
        FailureKind.INTEGRITY,
        "the bytes that arrived are not those that were sent");
    say(
        "Crc64Mismatch",
        FailureKind.INTEGRITY,
        "the bytes that arrived are not those that were sent");
    say("BlobArchived", FailureKind.UNSUPPORTED, "the blob is in an archive");
    say(
        "AuthenticationFailed",
        FailureKind.NO_CREDENTIALS,
        "the store does not accept this identity");
    say("InvalidAuthenticationInfo", FailureKind.NO_CREDENTIALS, "the token is not valid");
    say(
        "NoAuthenticationInformation",
        FailureKind.NO_CREDENTIALS,
        "the store wants to know who asks");
    say("ServerBusy", FailureKind.THROTTLED, "the store is busy");
    say("OperationTimedOut", FailureKind.TIMEOUT, "the store did not answer in time");
  }

  private AzureErrorCodes() {}

  private static void say(String code, @Nullable FailureKind kind, String why) {
    BY_CODE.put(code, new Meaning(kind, why));
  }

  static @Nullable FailureReason of(List<Throwable> chain, FailureKind changed) {
    for (Throwable link : chain) {
      String name = link.getClass().getSimpleName();
      if (name.equals(LOGIN)) {
        return new FailureReason(FailureKind.NO_CREDENTIALS, RootCause.why(link), null);
      }
      if (name.equals(CLIENT)) {
        return ofAnswer(link, changed);
      }
    }
    return null;
  }

  /** Whether the store answered with this code. */
  public static boolean isCode(Throwable failure, String code) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link.getClass().getSimpleName().equals(CLIENT)) {
        return code.equals(String.valueOf(answer(link, "getErrorCode")));
      }
    }
    return false;
  }

  private static FailureReason ofAnswer(Throwable told, FailureKind changed) {
    String code = String.valueOf(answer(told, "getErrorCode"));
    int status = answer(told, "getStatusCode") instanceof Integer number ? number : 0;
    Meaning known = BY_CODE.get(code);
    FailureKind kind = known == null ? null : known.kind;
    Matcher said = SAID.matcher(String.valueOf(told.getMessage()));
    String words = said.find() ? said.group(1) : known == null ? unsaid(code) : known.why;
    String why = RootCause.line(words).replaceAll("\\.$", "") + " (" + status + ")";
    if (kind == null && words.contains(UNKNOWN_IDENTITY)) {
      kind = FailureKind.NO_CREDENTIALS;
    }
    return new FailureReason(kind == null ? ofStatus(status, changed) : kind, why, null);
  }

  private static String unsaid(String code) {
    return code.equals("null") ? "the store does not say why" : code;
  }

  private static FailureKind ofStatus(int status, FailureKind changed) {
    return switch (status) {
      case 401 -> FailureKind.NO_CREDENTIALS;
      case 403 -> FailureKind.ACCESS_DENIED;
      case 404 -> FailureKind.NOT_FOUND;
      case 408, 504 -> FailureKind.TIMEOUT;
      case 409 -> FailureKind.CONFLICT;
      case 412 -> changed;
      case 429, 503 -> FailureKind.THROTTLED;
      case 400, 405, 413, 414, 501 -> FailureKind.UNSUPPORTED;
      default -> FailureKind.NETWORK;
    };
  }

  private static @Nullable Object answer(Object of, String accessor) {
    try {
      return of.getClass().getMethod(accessor).invoke(of);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
      return null;
    }
  }
}
