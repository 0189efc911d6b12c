/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.ipc.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an exception of Hadoop or of a store's client becomes a {@link FailureKind}.
 *
 * <p>Classes are told by their simple names, up the hierarchy and down the causes: some connectors
 * are shaded, and none has to be on the class path.
 */
public final class HadoopFailures {
  private record Rule(FailureKind kind, Set<String> classes) {}

  /** The first rule that matches any exception of the chain wins. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              FailureKind.TIMEOUT,
              Set.of(
                  "SocketTimeoutException",
                  "ConnectTimeoutException",
                  "HttpTimeoutException",
                  "TimeoutException",
                  "TimeoutIOException",
                  "SafeModeException",
                  "RetriableException")),
          new Rule(
              FailureKind.INTERRUPTED,
              Set.of(
                  "InterruptedIOException",
                  "ClosedByInterruptException",
                  "InterruptedException",
                  "AbortedException")),
          new Rule(
              FailureKind.NO_CREDENTIALS,
              Set.of(
                  "NoAuthWithAWSException",
                  "S3CredentialsException",
                  "CredentialInitializationException",
                  "KeyProviderException",
                  "TokenResponseException",
                  "TokenAccessProviderException",
                  "InvalidToken",
                  "SaslException",
                  "KerberosAuthException")),
          new Rule(FailureKind.THROTTLED, Set.of("AWSServiceThrottledException")),
          new Rule(FailureKind.INTEGRITY, Set.of("ChecksumException", "BlockMissingException")),
          new Rule(
              FailureKind.ACCESS_DENIED,
              Set.of("AccessDeniedException", "AccessControlException", "QuotaExceededException")),
          new Rule(
              FailureKind.NOT_FOUND,
              Set.of("FileNotFoundException", "NoSuchFileException", "UnknownStoreException")),
          new Rule(
              FailureKind.CONFLICT,
              Set.of(
                  "FileAlreadyExistsException",
                  "ParentNotDirectoryException",
                  "PathIsNotEmptyDirectoryException",
                  "PathIsDirectoryException",
                  "PathExistsException",
                  "NotDirectoryException")),
          new Rule(
              FailureKind.UNSUPPORTED,
              Set.of(
                  "UnsupportedOperationException",
                  "IllegalArgumentException",
                  "InvalidPathException",
                  "PathComponentTooLongException",
                  "InvalidRequestException",
                  "UnusableListingException",
                  "AWSRedirectException",
                  "UnsupportedFileSystemException",
                  "UnsupportedRequestException")));

  /** ABFS's; those of Azure's own client are in {@link AzureErrorCodes}. */
  private static final Set<String> UNKNOWN_IDENTITY =
      Set.of(
          "AuthenticationFailed",
          "Server failed to authenticate the request",
          "InvalidAuthenticationInfo",
          "NoAuthenticationInformation");

  private static final String GOOGLE_HAS_NONE = "Your default credentials were not found";

  private HadoopFailures() {}

  /** {@code Cannot VERB LOCATION: WHY. WHAT TO DO.} with the kind of the cause. */
  public static TransferException of(String verb, Location at, Throwable cause) {
    return of(verb, at, cause, FailureKind.CONFLICT);
  }

  /** The same for a reader, to whom a failed precondition means that the source changed. */
  public static TransferException ofRead(String verb, Location at, Throwable cause) {
    return of(verb, at, cause, FailureKind.SOURCE_CHANGED);
  }

  private static TransferException of(
      String verb, Location at, Throwable cause, FailureKind changed) {
    if (cause instanceof TransferException already) {
      return already;
    }
    return failure(reasonOf(at, cause, changed), verb, at, cause);
  }

  /** The same where only the caller can tell the kind. */
  public static TransferException ofKind(
      FailureKind kind, String verb, Location at, Throwable cause) {
    return failure(new FailureReason(kind, RootCause.why(cause), null), verb, at, cause);
  }

  private static TransferException failure(
      FailureReason reason, String verb, Location at, Throwable cause) {
    return Problem.cannot(verb, at.text())
        .because(reason.why())
        .kind(reason.kind())
        .remedy(reason.adviceAt(at))
        .causedBy(cause)
        .exception();
  }

  private static FailureReason reasonOf(Location at, Throwable cause, FailureKind changed) {
    List<Throwable> chain = chain(cause);
    FailureReason reason = reasonOf(chain, changed);
    String advice = HadoopAdvice.of(chain).orElse(null);
    if (reason == null) {
      FailureKind kind = kindOf(chain, changed);
      return new FailureReason(kind, said(kind, cause), advice);
    }
    // the host of a cluster can be a name that only its configuration knows
    boolean cluster = at.isOf(StoreKind.Family.HDFS);
    return cluster && advice != null
        ? new FailureReason(reason.kind(), reason.why(), advice)
        : reason;
  }

  /** What the store said; the answer to a HEAD is a status and no words. */
  private static String said(FailureKind kind, Throwable cause) {
    String why = RootCause.why(cause);
    if (!why.isBlank()) {
      return why;
    }
    return switch (kind) {
      case NOT_FOUND -> "it is not there";
      case ACCESS_DENIED -> "the store refuses it";
      default -> "the store does not say why";
    };
  }

  private static @Nullable FailureReason reasonOf(List<Throwable> chain, FailureKind changed) {
    FailureReason client = S3ClientFailures.of(chain);
    FailureReason s3 = client == null ? S3ErrorCodes.of(chain) : client;
    FailureReason azure = s3 == null ? AzureErrorCodes.of(chain, changed) : s3;
    FailureReason known = azure == null ? GoogleReasons.of(chain) : azure;
    return known == null ? ConnectionFailures.of(chain) : known;
  }

  /** The kind alone. */
  public static FailureKind kindOf(Throwable cause, FailureKind changed) {
    List<Throwable> chain = chain(cause);
    FailureReason reason = reasonOf(chain, changed);
    return reason == null ? kindOf(chain, changed) : reason.kind();
  }

  private static FailureKind kindOf(List<Throwable> chain, FailureKind changed) {
    if (matches(
            chain,
            Set.of(
                "RemoteFileChangedException",
                "ChangedObjectException",
                "InvalidPathHandleException"))
        || haveChangedBlocks(chain)) {
      return changed;
    }
    FailureKind byStatus = byStatus(chain, changed);
    if (byStatus != null) {
      return byStatus;
    }
    if (lacksGoogleCredentials(chain)) {
      return FailureKind.NO_CREDENTIALS;
    }
    if (HadoopAdvice.hasNoTicket(chain)) {
      return FailureKind.NO_CREDENTIALS;
    }
    for (Rule rule : RULES) {
      if (matches(chain, rule.classes)) {
        return rule.kind;
      }
    }
    return FailureKind.NETWORK;
  }

  /** HDFS, when a file was replaced under a reader who asks where its next blocks are. */
  private static boolean haveChangedBlocks(List<Throwable> chain) {
    return chain.stream()
        .map(link -> String.valueOf(link.getMessage()))
        .anyMatch(said -> said.startsWith("Blocklist for ") && said.contains(" has changed"));
  }

  /** Google's library has no class for it. */
  private static boolean lacksGoogleCredentials(List<Throwable> chain) {
    return chain.stream()
        .anyMatch(link -> String.valueOf(link.getMessage()).startsWith(GOOGLE_HAS_NONE));
  }

  private static @Nullable FailureKind byStatus(List<Throwable> chain, FailureKind changed) {
    for (Throwable link : chain) {
      switch (statusOf(link)) {
        case 401 -> {
          return FailureKind.NO_CREDENTIALS;
        }
        case 403 -> {
          return isUnknownIdentity(chain) ? FailureKind.NO_CREDENTIALS : FailureKind.ACCESS_DENIED;
        }
        case 404 -> {
          return FailureKind.NOT_FOUND;
        }
        case 409 -> {
          return FailureKind.CONFLICT;
        }
        case 412 -> {
          return changed;
        }
        case 429, 503 -> {
          return FailureKind.THROTTLED;
        }
        default -> {}
      }
    }
    return null;
  }

  private static boolean isUnknownIdentity(List<Throwable> chain) {
    return chain.stream()
        .map(link -> String.valueOf(link.getMessage()))
        .anyMatch(said -> UNKNOWN_IDENTITY.stream().anyMatch(said::contains));
  }

  /** The HTTP status of a client's exception, or 0. */
  private static int statusOf(Throwable link) {
    int status = answer(link, "statusCode");
    return status != 0 ? status : answer(link, "getStatusCode");
  }

  private static int answer(Throwable link, String accessor) {
    try {
      return link.getClass().getMethod(accessor).invoke(link) instanceof Integer status
          ? status
          : 0;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
      return 0;
    }
  }

  private static List<Throwable> chain(Throwable cause) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = cause; link != null && !chain.contains(link); link = link.getCause()) {
      chain.add(link instanceof RemoteException remote ? remote.unwrapRemoteException() : link);
    }
    return chain;
  }

  /** Whether a class of these names is in the chain, or in its classes' ancestry. */
  static boolean matches(List<Throwable> chain, Set<String> classes) {
    for (Throwable link : chain) {
      if (link instanceof RemoteException remote && classes.contains(simpleName(remote))) {
        return true;
      }
      for (Class<?> type = link.getClass(); type != null; type = type.getSuperclass()) {
        if (classes.contains(type.getSimpleName())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The class of an exception of a server that could not be made again here. */
  private static String simpleName(RemoteException remote) {
    String name = String.valueOf(remote.getClassName());
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
