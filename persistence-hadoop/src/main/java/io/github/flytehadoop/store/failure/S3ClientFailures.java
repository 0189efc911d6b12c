/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import io.github.flytehadoop.error.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What our client of S3 says before the store was asked: whoever stands on the way, and not the
 * answer of that one, is the reason.
 */
final class S3ClientFailures {
  private static final String NO_SOURCE = "no source has";

  private S3ClientFailures() {}

  static @Nullable FailureReason of(List<Throwable> chain) {
    for (Throwable link : chain) {
      String said = String.valueOf(link.getMessage());
      switch (link.getClass().getSimpleName()) {
        case "S3ProxyException", "ProxyAnswerException" -> {
          return new FailureReason(
              FailureKind.NETWORK,
              RootCause.line(said),
              "Check its address and its login, and what it lets through.");
        }
        case "S3CredentialsException" -> {
          return said.startsWith(NO_SOURCE)
              ? null
              : new FailureReason(FailureKind.NO_CREDENTIALS, RootCause.line(said), null);
        }
        default -> {}
      }
    }
    return null;
  }
}
