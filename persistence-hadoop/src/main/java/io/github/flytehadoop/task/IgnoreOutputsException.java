/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

/** Ends a worker whose outputs nobody wants, because another worker writes them: no failure. */
public class IgnoreOutputsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason, for the log. */
  public IgnoreOutputsException(String reason) {
    super(reason);
  }
}
