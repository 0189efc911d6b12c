/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that nobody gave a token for Google Cloud Storage, and why. */
public final class GcsCredentialsException extends IOException {
  private static final long serialVersionUID = 1L;

  private GcsCredentialsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** There is nobody to ask as. */
  static GcsCredentialsException none(@Nullable String why, @Nullable Throwable cause) {
    return new GcsCredentialsException("there are no credentials: " + line(why), cause);
  }

  /** There are some, and no way to send them. */
  static GcsCredentialsException inClear(String server) {
    return new GcsCredentialsException(
        "a token would travel in clear to "
            + server
            + ": use https, or fs.gs.auth.type=UNAUTHENTICATED for an emulator",
        null);
  }

  /** Whoever gives tokens gave none. */
  static GcsCredentialsException noToken(@Nullable String why, Throwable cause) {
    return new GcsCredentialsException("the login server gives no token: " + line(why), cause);
  }

  /** What a login server answers may be long, and hold what it was sent. */
  private static String line(@Nullable String why) {
    return String.valueOf(why).lines().findFirst().orElse("nobody says why");
  }
}
