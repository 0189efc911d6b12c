/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.error;

/**
 * Why a transfer failed. The kind is decided where the failure is thrown, so that {@link
 * #recoverable()} never depends on the text of a message (fixes W-38).
 */
public enum FailureKind {
  /** The object, file or directory is definitely not there. */
  NOT_FOUND(Recovery.NONE),
  /** The store knows who asks and says no. */
  ACCESS_DENIED(Recovery.NONE),
  /** No usable credentials were found, or the store does not know them. */
  NO_CREDENTIALS(Recovery.NONE),
  /** The store asked for fewer requests, and kept asking. */
  THROTTLED(Recovery.LATER),
  /** No progress within the allowed time. */
  TIMEOUT(Recovery.LATER),
  /** The connection failed, or the server answered with a server error. */
  NETWORK(Recovery.LATER),
  /** The local disk or file failed: full, unreadable, not writable. */
  LOCAL_IO(Recovery.NONE),
  /** The bytes that arrived are not the bytes that were sent. */
  INTEGRITY(Recovery.LATER),
  /** The source changed while it was read. */
  SOURCE_CHANGED(Recovery.LATER),
  /** The target exists, or a file and a directory claim one name. */
  CONFLICT(Recovery.NONE),
  /** The store or the path form cannot do what was asked. */
  UNSUPPORTED(Recovery.NONE),
  /** The caller cancelled, or the thread was interrupted. */
  INTERRUPTED(Recovery.LATER);

  private enum Recovery {
    NONE,
    LATER
  }

  private final Recovery recovery;

  FailureKind(Recovery recovery) {
    this.recovery = recovery;
  }

  /** Whether the same call may succeed later without anyone changing anything. */
  public boolean recoverable() {
    return recovery == Recovery.LATER;
  }
}
