/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import org.jspecify.annotations.Nullable;

/** Ends the task, and asks the platform for another attempt. */
public class RecoverableTaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public RecoverableTaskException(String message) {
    super(message);
  }

  /** With the exception behind it. */
  public RecoverableTaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
