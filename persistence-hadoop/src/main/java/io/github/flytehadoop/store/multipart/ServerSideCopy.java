/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store that copies its files itself, so that no byte comes here. */
public interface ServerSideCopy {
  /**
   * A file that is copied.
   *
   * @param store of the file
   * @param at where it is
   * @param pinned what was listed: another version is refused with {@code SOURCE_CHANGED}
   */
  record CopySource(Store store, Location at, Attributes pinned) {}

  /** How it can be done. */
  enum CopyMode {
    /** Not at all: bytes have to pass here. */
    NONE,
    /** In one step. */
    WHOLE,
    /** In parts, because it is too large for one step. */
    PARTS
  }

  /**
   * How a file can be copied here; asks nobody.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store of the source has to be
   *     opened for that and cannot
   */
  CopyMode copyMode(CopySource original, Location to, WriteOptions options) throws IOException;

  /**
   * Copies in one step. Metadata in the options replaces that of the original, none keeps it.
   *
   * @return what was compared, or null when the store cannot after all: then nothing was done
   * @throws io.github.flytehadoop.error.TransferException of kind {@code SOURCE_CHANGED} when the
   *     source is another version, or that of the store when it refuses
   */
  @Nullable Proof copyWhole(CopySource original, Location to, WriteOptions options)
      throws IOException;

  /**
   * Fills one part of an upload with the same bytes of the original.
   *
   * @throws io.github.flytehadoop.error.TransferException of kind {@code SOURCE_CHANGED} when the
   *     source is another version, or that of the store when it refuses
   */
  UploadedPart copyPart(CopySource original, MultipartUpload upload, Part part) throws IOException;

  /**
   * Starts an upload whose parts are copied, in the largest parts that are quick.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store refuses to begin an upload
   */
  @Nullable MultipartWrite startCopy(CopySource original, Location to, WriteOptions options)
      throws IOException;
}
