/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

import java.io.Serializable;
import java.util.Objects;

/**
 * One path of a transfer that failed.
 *
 * @param path the URI or local path, literal; a web address without its query
 * @param kind why
 * @param message one line without secrets
 */
public record PathFailure(String path, FailureKind kind, String message) implements Serializable {
  /** Refuses null, and leaves out the query of a web address (F82). */
  public PathFailure {
    Objects.requireNonNull(kind, "kind");
    path = Printable.masked(Objects.requireNonNull(path, "path"));
    message = Printable.withoutQueries(Objects.requireNonNull(message, "message"));
  }
}
