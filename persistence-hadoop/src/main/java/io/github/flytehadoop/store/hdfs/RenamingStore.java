/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Durability;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.FileMode;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.FailureAdvice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.FinalCheck;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.HadoopTreeListing;
import io.github.flytehadoop.store.hadoop.KeyConstraints;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.ftp.FTPFileSystem;
import org.apache.hadoop.fs.sftp.SFTPFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Any file system with directories and a rename: a file is written under a temporary name beside
 * its target, compared, and renamed. Its files are told apart by length and time, which are looked
 * at when a range is opened and after its last byte.
 */
public abstract class RenamingStore extends HadoopStore {
  /** What is known of a file system that somebody brought along. */
  public static final StoreTraits TRAITS = traits(StoreTraits.RangeReads.DIRECT);

  /** The same where a reader comes to a position only through all bytes before it. */
  public static final StoreTraits STREAM_TRAITS = traits(StoreTraits.RangeReads.STREAM);

  private static final long STREAM_BYTES = 8L << 20;

  private final Durability durability;

  /** A store with these traits. */
  protected RenamingStore(FileSystem fileSystem, StoreTraits traits) {
    super(fileSystem, traits);
    this.durability = Durability.of(fileSystem.getConf());
  }

  /** The store of a file system of which only Hadoop's API is known. */
  public static RenamingStore of(FileSystem fileSystem) {
    return of(fileSystem, null);
  }

  /**
   * The same over a store that cannot hold every key.
   *
   * @param keys that it can hold, or null for all
   */
  public static RenamingStore of(FileSystem fileSystem, @Nullable KeyConstraints keys) {
    if (fileSystem instanceof FTPFileSystem ftp) {
      return new FtpStore(ftp);
    }
    boolean stream = fileSystem instanceof SFTPFileSystem;
    return new AnyFileSystem(fileSystem, stream ? STREAM_TRAITS : TRAITS, keys);
  }

  private static StoreTraits traits(StoreTraits.RangeReads ranges) {
    return new StoreTraits(
        StoreTraits.Tree.DIRECTORIES,
        StoreTraits.Metadata.NONE,
        StoreTraits.ParallelWrites.NONE,
        StoreTraits.Checksums.NONE,
        ranges);
  }

  /** What the configuration says of durability. */
  final Durability durability() {
    return durability;
  }

  @Override
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return new HadoopTreeListing(fileSystem(), root);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path target = target(at);
    try {
      return HdfsWrite.start(this, at, target, options);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** Where a file may be written. */
  final Path target(Location at) throws TransferException {
    Path target = path(at);
    ReservedNames.refuseAsTarget(at);
    refuseName(at);
    return target;
  }

  /** A file in the directory of another. A name alone would be parsed, and has no colon then. */
  static Path beside(Path file, String name) {
    java.net.URI uri = file.toUri();
    String directory = file.getParent().toUri().getPath();
    return new Path(uri.getScheme(), uri.getAuthority(), directory + "/" + name);
  }

  /** Refuses a name that the store would refuse only when all bytes have been sent. */
  void refuseName(Location at) throws TransferException {}

  /** The builder of every file, which keeps what the configuration says of durability (F67). */
  FSDataOutputStreamBuilder<FSDataOutputStream, ?> builder(Path file) throws IOException {
    return builder(fileSystem(), file);
  }

  /** Starts the file under its temporary name. */
  FSDataOutputStream create(Path temporary, @Nullable FileMode mode) throws IOException {
    return builder(temporary).recursive().overwrite(false).build();
  }

  /** Gives a finished file its mode, where the file system has modes. */
  void giveMode(Path file, FileStatus finished, @Nullable FileMode mode) throws IOException {}

  /** Has the bytes of a finished file forced to a disk, where that was asked for and can be. */
  void force(FSDataOutputStream written) throws IOException {
    if (durability == Durability.FORCED && written.hasCapability(StreamCapabilities.HSYNC)) {
      written.hsync();
    }
  }

  /** The exception that tells more than the one which came. */
  Exception exact(Exception failure, Path target) {
    return failure;
  }

  /** A new name for a file on its way. */
  String temporaryName(String tag) {
    return ReservedNames.newName(tag);
  }

  /** Whether a rename replaces the file that has the name, in one step. */
  boolean replacesInOneStep(Path target) throws IOException {
    return false;
  }

  /** Renames within a directory, replacing what is there or not. */
  void rename(Path from, Path to, Options.Rename mode) throws IOException {
    HdfsRename.run(fileSystem(), from, to, mode);
  }

  void writeMetadata(Path path, Map<String, String> metadata) throws IOException {}

  /** None is kept; a file that is missing is said to be. */
  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    fileSystem().getFileStatus(path);
    return Map.of();
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException {
    return null;
  }

  @Nullable Checksum checksum(Path path, FileStatus status) throws IOException {
    return null;
  }

  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    if (isListed(attributes)) {
      requireListed(fileSystem().getFileStatus(path), attributes);
    }
    return super.openStream(path, attributes, range);
  }

  /** Whether enough is known of a file to see that it is another one now. */
  static boolean isListed(Attributes attributes) {
    return !attributes.isDirectory() && attributes.lengthBytes() >= 0;
  }

  /** Refuses a file that is not the one which was listed; a time of 0 was not told. */
  static FileStatus requireListed(FileStatus now, Attributes attributes) throws IOException {
    long modified = attributes.modified().toEpochMilli();
    if (now.isDirectory()) {
      throw new FileNotFoundException(now.getPath() + " is a directory now");
    }
    if (now.getLen() != attributes.lengthBytes()
        || (modified > 0 && now.getModificationTime() != modified)) {
      throw new InvalidPathHandleException(now.getPath() + " was replaced after it was listed");
    }
    return now;
  }

  @Override
  protected @Nullable FinalCheck finalCheck(Location at, Path path, Attributes attributes) {
    if (!isListed(attributes)) {
      return null;
    }
    return new FinalCheck(
        attributes.lengthBytes(),
        () -> {
          try {
            requireListed(fileSystem().getFileStatus(path), attributes);
          } catch (InvalidPathHandleException | FileNotFoundException replaced) {
            throw Problem.cannot("read", at.text())
                .because("it was replaced while it was read")
                .kind(FailureKind.SOURCE_CHANGED)
                .remedy(FailureAdvice.of(FailureKind.SOURCE_CHANGED, at))
                .causedBy(replaced)
                .exception();
          }
        });
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return STREAM_BYTES;
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return HdfsLeftovers.find(fileSystem(), at, path(at), kind, tag);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    HdfsLeftovers.discard(fileSystem(), leftover);
  }
}
