/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import java.io.IOException;

/** An object is not the version that was listed. Another try does not help. */
final class ChangedObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  ChangedObjectException(String why) {
    super(why);
  }
}
