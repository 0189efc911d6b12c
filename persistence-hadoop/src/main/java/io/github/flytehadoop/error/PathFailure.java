/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.io.Serializable;
import java.util.Objects;

/**
 * One path of a transfer that failed.
 *
 * @param path the URI or local path, literal
 * @param kind why
 * @param message one line without secrets
 */
public record PathFailure(String path, FailureKind kind, String message) implements Serializable {
  /** Refuses null. */
  public PathFailure {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
  }
}
