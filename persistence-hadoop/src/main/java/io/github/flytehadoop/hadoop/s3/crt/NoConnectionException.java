/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import java.net.SocketTimeoutException;

/** Says that all native connections are in use, and have been for a while. */
public final class NoConnectionException extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  NoConnectionException(String address) {
    super("all connections to " + address + " are in use: the wait for one timed out");
  }
}
