/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.location.Location;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One file of a plan: small, and the same for a thread, a Spark task and a MapReduce task. It reads
 * its locations once, when somebody first asks for them.
 */
public final class TransferItem implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final String source;
  private final String target;
  private final long lengthBytes;
  private final long modifiedMillis;
  private final @Nullable String etag;
  private final @Nullable String fileId;
  private final @Nullable FileSlice slice;

  private transient @Nullable Location parsedSource;
  private transient @Nullable Location parsedTarget;

  /**
   * A file, or some parts of it.
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
  public TransferItem(
      long id,
      String source,
      String target,
      long lengthBytes,
      long modifiedMillis,
      @Nullable String etag,
      @Nullable String fileId,
      @Nullable FileSlice slice) {
    this.id = id;
    this.source = Objects.requireNonNull(source, "source");
    this.target = Objects.requireNonNull(target, "target");
    this.lengthBytes = lengthBytes;
    this.modifiedMillis = modifiedMillis;
    this.etag = etag;
    this.fileId = fileId;
    this.slice = slice;
  }

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

  /** The number of the item, from 0, in the order of the plan. */
  public long id() {
    return id;
  }

  /** The file's location as the caller wrote it. */
  public String source() {
    return source;
  }

  /** The location that the file gets. */
  public String target() {
    return target;
  }

  /** The file's location. */
  public Location sourceLocation() {
    Location currentParsed = parsedSource;
    if (currentParsed == null) {
      currentParsed = Location.parse(source);
      parsedSource = currentParsed;
    }
    return currentParsed;
  }

  /** The location that the file gets. */
  public Location targetLocation() {
    Location currentParsed = parsedTarget;
    if (currentParsed == null) {
      currentParsed = Location.parse(target);
      parsedTarget = currentParsed;
    }
    return currentParsed;
  }

  /** The length as listed, or -1 when the source does not say. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** The time of the last change as listed, in milliseconds since 1970. */
  public long modifiedMillis() {
    return modifiedMillis;
  }

  /** The version that was listed, or null. */
  public @Nullable String etag() {
    return etag;
  }

  /** What the source's file system calls the file, or null; only for this machine. */
  public @Nullable String fileId() {
    return fileId;
  }

  /** The parts of the file that this item stands for, or null when it is the whole file. */
  public @Nullable FileSlice slice() {
    return slice;
  }

  /** Bytes that pass through who moves this. */
  public long movedBytes() {
    FileSlice some = slice;
    return some == null ? Math.max(0, lengthBytes) : some.movedBytes();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TransferItem that
        && id == that.id
        && lengthBytes == that.lengthBytes
        && modifiedMillis == that.modifiedMillis
        && source.equals(that.source)
        && target.equals(that.target)
        && Objects.equals(etag, that.etag)
        && Objects.equals(fileId, that.fileId)
        && Objects.equals(slice, that.slice);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, source, target, lengthBytes, modifiedMillis, etag, fileId, slice);
  }

  /** Where the file goes from and to, without the query of a web address. */
  @Override
  public String toString() {
    return "TransferItem[%d: %s to %s, %d bytes]"
        .formatted(id, Printable.of(source), Printable.of(target), lengthBytes);
  }
}
