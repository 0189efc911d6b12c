/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that what a store tells of an upload cannot be: it has to begin again. */
public final class GcsUploadLostException extends IOException {
  private static final long serialVersionUID = 1L;

  GcsUploadLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
