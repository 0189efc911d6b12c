/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.crt;

import org.jspecify.annotations.Nullable;

/**
 * Says that native code cannot reach a bucket, before anything of the request was sent, or cannot
 * read how its server answers a GET: the SDK's client does, or it names the reason in Java's words.
 */
public final class NotNativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal with its reason, and with what the library said. */
  public NotNativeException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
