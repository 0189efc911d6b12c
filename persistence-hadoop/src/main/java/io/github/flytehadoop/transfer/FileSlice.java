/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartedUpload;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some consecutive parts of a file that several workers write.
 *
 * @param upload that they belong to
 * @param first number of the first
 * @param last number of the last
 * @param how they get there
 */
public record FileSlice(PartedUpload upload, int first, int last, How how) implements Serializable {
  /** How a part gets there. */
  public enum How {
    /** Read from the source and sent. */
    SENT,
    /** Copied by the store itself. */
    COPIED
  }

  /** All parts of a file. */
  public static FileSlice all(PartedUpload upload, How how) {
    return new FileSlice(upload, 1, upload.parts(), how);
  }

  /** The parts that the slice consists of. */
  public List<Part> parts() {
    return IntStream.rangeClosed(first, last).mapToObj(upload::part).toList();
  }

  /** The bytes of the slice that a worker moves. */
  public long movedBytes() {
    return how == How.COPIED
        ? 0
        : upload.part(last).offset()
            + upload.part(last).lengthBytes()
            - upload.part(first).offset();
  }
}
