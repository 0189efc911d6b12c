/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import java.io.IOException;

/**
 * Says that the store compared the digest of an upload with the bytes that it got, and published
 * nothing.
 */
public final class GcsBrokenBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  GcsBrokenBodyException(Throwable told) {
    super("other bytes arrived than were sent", told);
  }
}
