/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.S3ErrorCodes;
import io.github.flytehadoop.store.hadoop.WriterToken;
import java.io.IOException;

/** Tells a failed end of an upload from one whose answer alone was lost. */
final class S3LostAnswer {
  /** Asks the store for the object. */
  interface Look {
    /** Whether the object that is there is the one that was sent. */
    boolean isThere() throws IOException;
  }

  private S3LostAnswer() {}

  /**
   * Whether the end of the upload was carried out all the same. It may have been where the store no
   * longer knows the upload, which it may have finished (F20), or has the name, perhaps from us
   * (F21), or never answered; then the object that is there decides.
   */
  static boolean isOf(
      Exception failure, TransferException classified, WriteOptions options, Look look) {
    boolean mayBeDone =
        S3ErrorCodes.isCode(failure, "NoSuchUpload")
            || WriterToken.mayBeDone(options, classified.kind());
    if (!mayBeDone) {
      return false;
    }
    try {
      return look.isThere();
    } catch (IOException | RuntimeException unknown) {
      classified.addSuppressed(unknown);
      return false;
    }
  }
}
