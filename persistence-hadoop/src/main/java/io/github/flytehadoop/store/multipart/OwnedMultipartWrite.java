/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.store.Proof;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** A write that is committed once, and discarded when it was not. */
public abstract class OwnedMultipartWrite implements MultipartWrite {
  private final MultipartUpload upload;
  private boolean finished;
  private boolean kept;

  /** A write of this upload, which nobody else commits. */
  protected OwnedMultipartWrite(MultipartUpload upload) {
    this.upload = upload;
  }

  @Override
  public final MultipartUpload upload() {
    return upload;
  }

  @Override
  public final Proof commit(Collection<UploadedPart> sent) throws IOException {
    if (finished) {
      throw Problem.cannot("commit")
          .because("this file is finished")
          .remedy("Open a new one.")
          .state();
    }
    try {
      return publish(upload.inOrder(sent));
    } finally {
      close();
    }
  }

  /** Makes the file visible, and compares it where the store can. */
  protected abstract Proof publish(List<UploadedPart> parts) throws IOException;

  /** Says that the store has nothing to discard any more. */
  protected final void keep() {
    kept = true;
  }

  /** Removes what the parts left, without an exception; not interrupted. */
  protected abstract void discard();

  @Override
  public final void close() {
    if (!finished) {
      finished = true;
      if (!kept) {
        Uninterruptibles.run(this::discard);
      }
    }
  }
}
