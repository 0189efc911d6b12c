/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/**
 * What all Hadoop file systems have in common: reading, listing, deleting. How a file is published
 * and what a store keeps beside its bytes is for the subclasses.
 */
public abstract class HadoopStore implements Store {
  private final URI root;
  private final Opening opening;
  private final StoreTraits traits;

  /** Opens the file system of a store; once it is open, cheap. */
  public interface Opening {
    /** The file system, or why there is none. */
    FileSystem open() throws IOException;
  }

  protected HadoopStore(FileSystem fileSystem, StoreTraits traits) {
    this(fileSystem.getUri(), () -> fileSystem, traits);
  }

  /** A store that opens its file system when something is asked that only that can do. */
  protected HadoopStore(URI root, Opening opening, StoreTraits traits) {
    this.root = root;
    this.opening = opening;
    this.traits = traits;
  }

  /**
   * The file system behind the store.
   *
   * @throws UncheckedIOException when it cannot be opened
   */
  public final FileSystem fileSystem() {
    try {
      return opening.open();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where the store is: scheme and authority, as its file system has them. */
  public final URI root() {
    return root;
  }

  @Override
  public final StoreTraits traits() {
    return traits;
  }

  /**
   * Hadoop's path of a literal key. The parts are given one by one: a whole string would be parsed,
   * and a colon in its first segment would be taken for a scheme.
   */
  public final Path path(Location at) throws TransferException {
    String key = at.key().endsWith("/") ? at.key().substring(0, at.key().length() - 1) : at.key();
    String problem = key.isEmpty() ? null : problemOf(key);
    if (problem != null) {
      throw Problem.cannot("use", at.text()).because(problem).remedy("Rename it.").exception();
    }
    return new Path(root.getScheme(), root.getAuthority(), "/" + key);
  }

  /** Why this store cannot even be asked for a key, or null: a sentence. */
  protected @Nullable String problemOf(String key) {
    return RelativePath.problemOf(key);
  }

  /** The builder that can be told not to probe; {@code create} cannot. */
  @SuppressWarnings("unchecked") // FileSystem#createFile returns a raw builder
  public static FSDataOutputStreamBuilder<FSDataOutputStream, ?> builder(
      FileSystem fileSystem, Path path) throws IOException {
    return fileSystem.createFile(path);
  }

  @Override
  public final Attributes stat(Location at) throws IOException {
    Path path = path(at);
    try {
      return attributes(status(path));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("look up", at, failure);
    }
  }

  /** What the file system says of a path. */
  protected FileStatus status(Path path) throws IOException {
    return fileSystem().getFileStatus(path);
  }

  /** The attributes that a status of Hadoop tells. */
  public static Attributes attributes(FileStatus status) {
    return new Attributes(
        status.isDirectory() ? Attributes.Kind.DIRECTORY : Attributes.Kind.FILE,
        status.isDirectory() ? 0 : status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()),
        status instanceof EtagSource source ? source.getEtag() : null,
        status);
  }

  @Override
  public final Listing children(Location directory) throws IOException {
    return children(directory, ListOptions.STRICT);
  }

  @Override
  public final Listing children(Location directory, ListOptions options) throws IOException {
    Path root = path(directory);
    return HadoopListing.open(directory, root, options, () -> list(root));
  }

  /** The entries directly below a directory. */
  protected RemoteIterator<? extends FileStatus> list(Path root) throws IOException {
    return fileSystem().listStatusIterator(root);
  }

  @Override
  public final Listing tree(Location directory) throws IOException {
    return tree(directory, ListOptions.STRICT);
  }

  @Override
  public final Listing tree(Location directory, ListOptions options) throws IOException {
    Path root = path(directory);
    return HadoopListing.open(directory, root, options, () -> walk(root));
  }

  /** Every file below a directory, and empty directories where they exist by themselves. */
  protected abstract RemoteIterator<? extends FileStatus> walk(Path root) throws IOException;

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    return openRange(at, attributes, range);
  }

  /** The same, as what it is. */
  public final HadoopRead openRange(Location at, Attributes attributes, ByteRange range)
      throws IOException {
    Path path = path(at);
    refuseBehindEnd(at, attributes, range);
    try {
      return HadoopRead.of(
          openStream(path, attributes, range),
          range,
          attributes.lengthBytes(),
          finalCheck(at, path, attributes),
          failure -> HadoopFailures.ofRead("read", at, explained(path, failure)));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.ofRead("read", at, explained(path, failure));
    }
  }

  /** Clients disagree: some fail as if the network had, some answer nothing (B57). */
  private static void refuseBehindEnd(Location at, Attributes attributes, ByteRange range)
      throws TransferException {
    long length = attributes.lengthBytes();
    if (length != Attributes.UNKNOWN_LENGTH && range.offset() > length) {
      throw Problem.cannot("read", at.text())
          .because("the range starts at byte " + range.offset() + " of " + length)
          .remedy("Ask for a range that the file has.")
          .exception();
    }
  }

  /** The failure of a read, where a store's answer alone would tell the wrong story. */
  protected Throwable explained(Path path, Throwable failure) {
    return failure;
  }

  /** Most keep none. */
  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException {
    return null;
  }

  /** Opens the version which was listed, where the store can tell versions apart. */
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    FutureDataInputStreamBuilder builder = fileSystem().openFile(path);
    FileStatus pinned = pinned(path, attributes);
    if (pinned != null) {
      builder.withFileStatus(pinned);
    }
    readOptions(builder, range);
    return FutureIO.awaitFuture(builder.build());
  }

  /** What is looked at when all bytes have been read, or null when they were pinned before. */
  protected @Nullable FinalCheck finalCheck(Location at, Path path, Attributes attributes) {
    return null;
  }

  /** The status that pins the version which was listed, or null when there is none. */
  protected @Nullable FileStatus pinned(Path path, Attributes attributes) throws IOException {
    return attributes.status();
  }

  /** How the range will be read, so that it costs one request. */
  protected void readOptions(FutureDataInputStreamBuilder builder, ByteRange range) {
    builder.opt("fs.option.openfile.read.policy", "whole-file, sequential");
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) throws IOException {
    throw new UnsupportedOperationException("One stream writes a file on " + at.scheme() + ".");
  }

  @Override
  public final void makeDirectory(Location directory) throws IOException {
    Path path = path(directory);
    try {
      if (!makeDirectories(path)) {
        throw new IOException("the store answered no");
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("make the directory", directory, failure);
    }
  }

  /** Makes a directory with its parents; false when the store says no without a reason. */
  protected boolean makeDirectories(Path path) throws IOException {
    return fileSystem().mkdirs(path);
  }

  @Override
  public final Map<String, String> metadata(Location at) throws IOException {
    Path path = path(at);
    try {
      return readMetadata(path);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the metadata of", at, failure);
    }
  }

  protected abstract Map<String, String> readMetadata(Path path) throws IOException;

  @Override
  public final void delete(Location at, Attributes attributes) throws IOException {
    Path path = path(at);
    if (path.isRoot()) {
      throw Problem.cannot("delete", at.text())
          .because("it is the root of the store")
          .remedy("Name a directory in it.")
          .exception();
    }
    try {
      if (!remove(path, attributes)) {
        throw new java.io.FileNotFoundException("it is not there");
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete", at, failure);
    }
  }

  /** Removes what is there; false when there is nothing. */
  protected boolean remove(Path path, Attributes attributes) throws IOException {
    return fileSystem().delete(path, attributes.isDirectory());
  }
}
