/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Printable;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One file of a plan: small, and the same for a thread, a Spark task and a MapReduce task.
 *
 * @param id from 0, in the order of the plan
 * @param source the file's location
 * @param target the location it gets, fixed here and never changed by a worker
 * @param lengthBytes as listed, or -1 when the source does not say
 * @param modifiedMillis as listed, since 1970
 * @param etag the version that was listed, or null
 * @param fileId what the source's file system calls the file, or null; only for this machine
 * @param slice the parts of the file that this item stands for, or null when it is the whole file
 */
public record TransferItem(
    long id,
    String source,
    String target,
    long lengthBytes,
    long modifiedMillis,
    @Nullable String etag,
    @Nullable String fileId,
    @Nullable FileSlice slice)
    implements Serializable {
  /** A whole file. */
  public TransferItem(
      long id,
      String source,
      String target,
      long lengthBytes,
      long modifiedMillis,
      @Nullable String etag) {
    this(id, source, target, lengthBytes, modifiedMillis, etag, null, null);
  }

  /** Some parts of this file. */
  public TransferItem with(FileSlice parts) {
    return new TransferItem(id, source, target, lengthBytes, modifiedMillis, etag, fileId, parts);
  }

  /** Where the file goes from and to, without the query of a web address. */
  @Override
  public String toString() {
    return "TransferItem[%d: %s to %s, %d bytes]"
        .formatted(id, Printable.of(source), Printable.of(target), lengthBytes);
  }

  /** Bytes that pass through who moves this. */
  public long movedBytes() {
    FileSlice some = slice;
    return some == null ? Math.max(0, lengthBytes) : some.movedBytes();
  }
}
