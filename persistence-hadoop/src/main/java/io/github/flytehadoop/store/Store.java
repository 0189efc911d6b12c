/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that holds data: one bucket, container, cluster, or the local disk.
 *
 * <p>Keys are literal; nothing is globbed, decoded or normalised. A location whose key the store
 * cannot hold is refused with {@code UNSUPPORTED} before anything is sent. Every failure is a
 * {@link io.github.flytehadoop.error.TransferException} whose kind is decided here. Methods may be
 * called from many threads; what they return belongs to one.
 */
public interface Store {
  /** What this store can do. */
  StoreTraits traits();

  /**
   * What is at a location. A key that is an object and also a prefix of others is a file.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException only when it is definitely absent
   */
  Attributes stat(Location at) throws IOException;

  /**
   * The entries directly below a directory; a missing one is not found, an empty one is empty.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the directory is absent
   * @throws io.github.flytehadoop.error.TransferException when the store refuses or does not
   *     answer; a failure of a later page comes from the listing
   */
  Listing children(Location directory) throws IOException;

  /**
   * The same, as the options say; a store that finds nothing unsupported need not know them.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the directory is absent
   * @throws io.github.flytehadoop.error.TransferException as {@link #children(Location)}
   */
  default Listing children(Location directory, ListOptions options) throws IOException {
    return children(directory);
  }

  /**
   * All files below a directory, and the empty directories where the store has them. Directory
   * markers of other tools are left out.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the directory is absent
   * @throws io.github.flytehadoop.error.TransferException when the store refuses or does not
   *     answer; a failure of a later page comes from the listing
   */
  Listing tree(Location directory) throws IOException;

  /**
   * The same, as the options say; a store that finds nothing unsupported need not know them.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the directory is absent
   * @throws io.github.flytehadoop.error.TransferException as {@link #tree(Location)}
   */
  default Listing tree(Location directory, ListOptions options) throws IOException {
    return tree(directory);
  }

  /**
   * Bytes of a file. With attributes from {@link #stat} or a listing no further request is spent,
   * and where they hold an etag a source that changed meanwhile fails with {@code SOURCE_CHANGED}
   * instead of mixing two versions.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the file is gone
   * @throws io.github.flytehadoop.error.TransferException of kind {@code SOURCE_CHANGED} when it is
   *     another version than that of the attributes, {@code INTEGRITY} when the range does not come
   *     whole
   */
  InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException;

  /**
   * Whether ranges of this file are worth reading side by side. May ask the server, so only a
   * reader of many ranges asks.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store has to be opened or asked
   *     and does not answer
   */
  default boolean readsRanges(Location at, Attributes attributes) throws IOException {
    return traits().rangeReads() == StoreTraits.RangeReads.DIRECT;
  }

  /** What fills a write. */
  enum Sending {
    /** {@link ObjectWrite#write}, byte after byte. */
    STREAM,
    /** {@link ObjectWrite#send}, from a source that is read again for a repeated request. */
    SOURCE
  }

  /**
   * The most memory that one {@link #write} holds of the bytes which it was given.
   *
   * @param lengthBytes of the file, or {@link Attributes#UNKNOWN_LENGTH}
   * @throws io.github.flytehadoop.error.TransferException when the store has to be opened for that
   *     and cannot
   */
  default long writeBufferBytes(long lengthBytes, Sending sending) throws IOException {
    return 8L << 20;
  }

  /**
   * The bytes of each request in which a file of this length is written; all of them in one.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store has to be opened for that
   *     and cannot
   */
  default long partBytes(long lengthBytes) throws IOException {
    return Math.max(1, lengthBytes);
  }

  /**
   * Starts a file; missing parents are made.
   *
   * @throws io.github.flytehadoop.error.TransferException of kind {@code UNSUPPORTED} when the
   *     store cannot hold such a name or length, {@code CONFLICT} when something is in the way,
   *     {@code ACCESS_DENIED} when it may not be written
   */
  ObjectWrite write(Location at, WriteOptions options) throws IOException;

  /**
   * Starts a file that several threads fill.
   *
   * @throws UnsupportedOperationException unless the traits say {@code POSITIONED}
   */
  ParallelWrite writeParallel(Location at, WriteOptions options) throws IOException;

  /**
   * Makes an empty directory, with a marker where directories are only prefixes.
   *
   * @throws io.github.flytehadoop.error.TransferException of kind {@code CONFLICT} when a file is
   *     in the way, {@code ACCESS_DENIED} when it may not be made
   */
  void makeDirectory(Location directory) throws IOException;

  /**
   * The same below a root, to which no link may lead on the way where the store has links.
   *
   * @throws io.github.flytehadoop.error.TransferException as {@link #makeDirectory(Location)};
   *     {@code CONFLICT} when a link leads to it
   */
  default void makeDirectory(Location directory, Location root) throws IOException {
    makeDirectory(directory);
  }

  /**
   * The user metadata of a file; empty where there is none.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   * @throws io.github.flytehadoop.error.TransferException of kind {@code ACCESS_DENIED} or {@code
   *     NO_CREDENTIALS} when the store refuses, {@code NETWORK}, {@code TIMEOUT} or {@code
   *     THROTTLED} when it does not answer
   */
  Map<String, String> metadata(Location at) throws IOException;

  /**
   * The digest that the store keeps of a file, or null where it keeps none that compares.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the file is gone
   * @throws io.github.flytehadoop.error.TransferException when the server is asked and does not
   *     answer
   */
  @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException;

  /**
   * The algorithms of the digests that {@link #digest} can tell; empty where there are none.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store has to be opened or asked
   *     and does not answer
   */
  default Set<String> digests() throws IOException {
    if (traits().checksum() == StoreTraits.Checksums.CRC32C) {
      return Set.of(Checksum.CRC32C);
    }
    return traits().etags() == StoreTraits.Etags.DIGEST ? Set.of(Checksum.MD5) : Set.of();
  }

  /**
   * A digest of the bytes of a file that the store keeps, to be compared with that of another file;
   * null where it keeps none of this algorithm. It may cost requests, but never reads the file.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when the file is gone
   * @throws io.github.flytehadoop.error.TransferException when the server is asked and does not
   *     answer
   */
  default @Nullable Checksum digest(Location at, Attributes attributes, String algorithm)
      throws IOException {
    Checksum kept = checksum(at, attributes);
    return kept != null && kept.algorithm().equals(algorithm) ? kept : null;
  }

  /**
   * Deletes a file, or a directory with all that is below it.
   *
   * @throws io.github.flytehadoop.error.DataNotFoundException when there is nothing
   */
  void delete(Location at, Attributes attributes) throws IOException;

  /**
   * Deletes files below a directory, many with one request where the store can. What is gone
   * already is no failure.
   *
   * @throws io.github.flytehadoop.error.TransferException of the first file that could not be
   *     deleted; others may be gone
   */
  default void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    Attributes file = new Attributes(Attributes.Kind.FILE, 0, Instant.EPOCH, null, null);
    while (files.hasNext()) {
      try {
        delete(directory.child(files.next()), file);
      } catch (DataNotFoundException gone) {
        // which is what was asked for
      }
    }
  }

  /**
   * What a run that was killed left: temporary files with its tag, and uploads of anyone to the
   * file, or below the directory. Empty where a store has neither.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store refuses to list them or
   *     does not answer
   */
  default List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return List.of();
  }

  /**
   * Removes one of them; harmless when it is gone.
   *
   * @throws io.github.flytehadoop.error.TransferException when the store refuses or does not answer
   * @throws UnsupportedOperationException when this store has no leftovers
   */
  default void discard(Leftover leftover) throws IOException {
    throw new UnsupportedOperationException("This store has none.");
  }
}
