/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.literal.wire;

import java.io.IOException;

/** Bytes that are no protocol buffer, or a message that cannot be one. The message is a clause. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says why, as a clause. */
  public WireException(String reason) {
    super(reason);
  }
}
