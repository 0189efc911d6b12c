/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import io.github.flytehadoop.store.Proof;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/**
 * A file that several workers, perhaps on other machines, write in parts. It belongs to whoever
 * started it; the workers know its {@link MultipartUpload}. Nothing is visible before {@link
 * #commit}, and closing without one leaves nothing behind, also of workers that have not heard of
 * it.
 */
public interface MultipartWrite extends Closeable {
  /** What the workers need. */
  MultipartUpload upload();

  /**
   * Makes the file visible, whole. An answer that was lost is looked for at the target.
   *
   * @param sent every part; one that was sent twice may be here twice
   * @return what was compared with what was sent
   * @throws io.github.flytehadoop.error.TransferException when a part is missing or the store
   *     refused; then nothing of ours is visible
   */
  Proof commit(Collection<UploadedPart> sent) throws IOException;

  /** Throws everything away unless committed. */
  @Override
  void close();
}
