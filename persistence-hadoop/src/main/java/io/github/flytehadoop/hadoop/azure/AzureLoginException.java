/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.azure;

import java.io.IOException;

/** A login server gave no token. The message holds nothing of what was shown to it. */
public final class AzureLoginException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int answer;

  /**
   * A failure to log in.
   *
   * @param why a clause without a full stop
   * @param answer the HTTP status of the login server, or 0
   */
  AzureLoginException(String why, int answer) {
    super(why);
    this.answer = answer;
  }

  /** Whether the login server may recover. */
  boolean mayPass() {
    return answer == 408 || answer == 429 || answer >= 500;
  }
}
