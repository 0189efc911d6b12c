/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import org.jspecify.annotations.Nullable;

/**
 * Ends the task for good. Flyte 1 does not try again after any exception of a task; Flyte 2 does,
 * unless it is this one.
 */
public class NonRecoverableTaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public NonRecoverableTaskException(String message) {
    super(message);
  }

  /** With the exception behind it. */
  public NonRecoverableTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
