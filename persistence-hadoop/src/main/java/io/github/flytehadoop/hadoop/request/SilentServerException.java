/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.request;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A server that keeps a connection, and neither sends nor takes a byte. */
public final class SilentServerException extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  /** Tells how long it was waited for. */
  public SilentServerException(Duration patience) {
    super("no byte for " + patience.toMillis() + " ms");
  }
}
