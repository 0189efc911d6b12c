/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Problem;

/**
 * Whether a copy deletes what the target has and the source has not. It happens last, and only when
 * both listings and every file succeeded.
 *
 * @param atMost files; when more would go, none goes and the copy fails. 0 fails when there is any;
 *     {@link #NEVER} does not look
 */
public record DeleteExtra(long atMost) {
  /** Stands for no deletion and no limit. */
  public static final long NEVER = -1;

  /** Refuses a negative limit. */
  public DeleteExtra {
    if (atMost < NEVER) {
      throw Problem.cannot("delete at most " + atMost + " files")
          .because("give 0 or more")
          .argument();
    }
  }

  /** Whether what only the target has is looked for at all. */
  public boolean looks() {
    return atMost != NEVER;
  }

  /** Deletes nothing, and does not look. */
  public static DeleteExtra never() {
    return new DeleteExtra(NEVER);
  }

  /** Deletes as long as no more than so many files would go; 0 fails when there is any. */
  public static DeleteExtra upTo(long files) {
    if (files < 0) {
      throw Problem.cannot("delete at most " + files + " files")
          .because("give 0 or more")
          .argument();
    }
    return new DeleteExtra(files);
  }
}
