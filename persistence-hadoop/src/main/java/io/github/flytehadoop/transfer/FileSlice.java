/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.Part;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some consecutive parts of a file that several workers write.
 *
 * @param upload that they belong to
 * @param first number of the first
 * @param last number of the last
 * @param route by which they get there: {@link Route#PARTS} are read and sent, {@link Route#STORE}
 *     copies them itself
 */
public record FileSlice(MultipartUpload upload, int first, int last, Route route)
    implements Serializable {
  /** Refuses a route that has no parts. */
  public FileSlice {
    if (route == Route.STREAM) {
      throw Problem.cannot("slice").because("a stream has no parts").argument();
    }
  }

  /** All parts of a file. */
  public static FileSlice all(MultipartUpload upload, Route route) {
    return new FileSlice(upload, 1, upload.parts(), route);
  }

  /** The parts that the slice consists of. */
  public List<Part> parts() {
    return IntStream.rangeClosed(first, last).mapToObj(upload::part).toList();
  }

  /** The bytes of the slice that a worker moves. */
  public long movedBytes() {
    return route == Route.STORE
        ? 0
        : upload.part(last).offset()
            + upload.part(last).lengthBytes()
            - upload.part(first).offset();
  }
}
