/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that a proxy answered in place of the server. */
public final class ProxyAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** An answer that is none of the server's. */
  public ProxyAnswerException(NetworkProxy proxy, int status, @Nullable Throwable cause) {
    super("the proxy " + proxy + " answered " + status, cause);
  }
}
