/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.multipart;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.WriteOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store in which several workers write one file; its traits say {@code PARTS}. */
public interface MultipartStore {
  /**
   * Starts a file.
   *
   * @param options with the length
   * @param partBytes wanted; the store makes them larger where it must
   * @return null when this file has to be written by one stream
   * @throws TransferException when the store refuses to begin an upload
   */
  @Nullable MultipartWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException;

  /**
   * Sends one part, straight from its source. May be repeated, and done twice at once.
   *
   * @throws TransferException when the part does not arrive whole; {@link #isLost} says whether the
   *     upload is gone
   */
  UploadedPart sendPart(MultipartUpload upload, Part part, PartSource source) throws IOException;

  /**
   * Memory that the sending of one part takes.
   *
   * @throws TransferException when the store has to be opened for that and cannot
   */
  long bytesInMemory(long partBytes) throws IOException;

  /** Whether a failure means that the upload is lost, so that the file has to be started anew. */
  default boolean isLost(TransferException failure) {
    return false;
  }
}
