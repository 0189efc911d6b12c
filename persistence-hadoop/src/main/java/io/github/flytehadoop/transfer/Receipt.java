/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item.
 *
 * @param id of the item
 * @param bytes that are at the target; 0 when it failed
 * @param verification what was compared
 * @param attempts tries, including the last
 * @param failure why the file is not there, or null when it is
 * @param cause the exception behind it, in the JVM where it was thrown
 * @param route how the bytes got there
 * @param parts that wait to be completed, where the item was a slice of a file
 * @param worker who did it, as its engine calls it
 * @param millis that it took, all attempts and workers together
 * @param checksum of the bytes that are there, as {@code ALGORITHM:hex}, or null when not known
 * @param version of the file that was published, as its store tells versions apart, or null
 */
public record Receipt(
    long id,
    long bytes,
    Verification verification,
    int attempts,
    @Nullable PathFailure failure,
    @Nullable TransferException cause,
    Route route,
    List<UploadedPart> parts,
    String worker,
    long millis,
    @Nullable String checksum,
    @Nullable String version)
    implements Serializable {
  /** Separates the names of workers who moved one file together. */
  public static final String BETWEEN_WORKERS = ", ";

  /** Copies the parts. */
  public Receipt {
    parts = List.copyOf(parts);
  }

  /** Of a file whose version is not known. */
  public Receipt(
      long id,
      long bytes,
      Verification verification,
      int attempts,
      @Nullable PathFailure failure,
      @Nullable TransferException cause,
      Route route,
      List<UploadedPart> parts,
      String worker,
      long millis,
      @Nullable String checksum) {
    this(
        id,
        bytes,
        verification,
        attempts,
        failure,
        cause,
        route,
        parts,
        worker,
        millis,
        checksum,
        null);
  }

  /** Of a whole file that came through one stream of this JVM. */
  public Receipt(
      long id,
      long bytes,
      Verification verification,
      int attempts,
      @Nullable PathFailure failure,
      @Nullable TransferException cause) {
    this(id, bytes, verification, attempts, failure, cause, Route.STREAM, List.of(), "", 0, null);
  }

  /** The same for another JVM, which may not have the classes of the cause. */
  public Receipt withoutCause() {
    return new Receipt(
        id,
        bytes,
        verification,
        attempts,
        failure,
        null,
        route,
        parts,
        worker,
        millis,
        checksum,
        version);
  }

  /** The same, and who did it. */
  public Receipt by(String name) {
    return new Receipt(
        id,
        bytes,
        verification,
        attempts,
        failure,
        cause,
        route,
        parts,
        name,
        millis,
        checksum,
        version);
  }

  /** The same with the exception that is known in this JVM. */
  public Receipt withCause(@Nullable TransferException known) {
    return new Receipt(
        id,
        bytes,
        verification,
        attempts,
        failure,
        known,
        route,
        parts,
        worker,
        millis,
        checksum,
        version);
  }

  /** Whether the file is at the target, whole. */
  public boolean succeeded() {
    return failure == null;
  }
}
