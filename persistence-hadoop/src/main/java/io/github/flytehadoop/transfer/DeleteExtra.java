/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

/**
 * Whether a copy deletes what the target has and the source has not. It happens last, and only when
 * both listings and every file succeeded.
 *
 * @param atMost files; when more would go, none goes and the copy fails
 */
public record DeleteExtra(long atMost) {
  /** Refuses a negative limit. */
  public DeleteExtra {
    if (atMost < 0) {
      throw new IllegalArgumentException(
          "Cannot delete at most " + atMost + " files: give 0 or more.");
    }
  }

  /** Deletes nothing. */
  public static DeleteExtra never() {
    return new DeleteExtra(0);
  }

  /** Deletes as long as no more than so many files would go. */
  public static DeleteExtra upTo(long files) {
    return new DeleteExtra(files);
  }
}
