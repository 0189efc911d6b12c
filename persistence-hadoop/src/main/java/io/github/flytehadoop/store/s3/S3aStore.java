/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.FileSystemBySize;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.store.hadoop.WriterToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * S3 through the public API of Hadoop's file system, for what only S3A does: client-side
 * encryption, custom signers, delegation tokens, access grants, and whoever asks for it. A file is
 * written by one stream, which can be given up, and copies go through this machine.
 */
public final class S3aStore extends HadoopStore {
  /** What it can do. */
  public static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.NONE);

  private static final String REFUSE = "fs.option.create.conditional.overwrite";
  private static final String HEADERS = "fs.s3a.create.header";
  private static final long LEAST_PART_BYTES = 5L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(S3aStore.class);

  private final FileSystemBySize writers;
  private final long partSizeBytes;

  /** The store of a bucket. */
  public S3aStore(FileSystem fileSystem, FileSystemBySize writers, long partSizeBytes) {
    super(fileSystem, TRAITS);
    this.writers = writers;
    this.partSizeBytes = partSizeBytes;
  }

  /** S3A answers for the root of a bucket without asking whether there is a bucket. */
  @Override
  protected FileStatus status(Path path) throws IOException {
    if (path.isRoot()) {
      boolean listable = fileSystem().listStatusIterator(path).hasNext();
      LOG.trace("{} is there, with content: {}", path, listable);
    }
    return super.status(path);
  }

  @Override
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return S3TreeListing.start(fileSystem(), root);
  }

  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    FutureDataInputStreamBuilder builder = fileSystem().openFile(path);
    FileStatus pinned = pinned(path, attributes);
    if (pinned != null) {
      builder.withFileStatus(pinned);
    } else if (attributes.lengthBytes() >= 0) {
      builder.opt("fs.option.openfile.length", Long.toString(attributes.lengthBytes()));
    }
    readOptions(builder, range);
    return FutureIO.awaitFuture(builder.build());
  }

  /**
   * The status by which S3A pins what it reads. It is not sent to workers, so that one who knows
   * the etag alone asks for another.
   */
  @Override
  protected @Nullable FileStatus pinned(Path path, Attributes attributes) throws IOException {
    String etag = attributes.etag();
    if (attributes.status() != null || etag == null) {
      return attributes.status();
    }
    FileStatus now = fileSystem().getFileStatus(path);
    if (!etag.equals(attributes(now).etag())) {
      throw new InvalidPathHandleException(path + " was replaced after it was listed");
    }
    return now;
  }

  /** A bounded range is one exact GET: S3A's random policy reads ahead as far as it is told to. */
  @Override
  protected void readOptions(FutureDataInputStreamBuilder builder, ByteRange range) {
    if (range.lengthBytes() < 0) {
      builder.opt("fs.option.openfile.read.policy", "whole-file");
    } else {
      builder
          .opt("fs.option.openfile.read.policy", "random")
          .opt("fs.s3a.readahead.range", Long.toString(Math.max(1, range.lengthBytes())));
    }
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path path = target(at);
    S3KeyConstraints.refuseTooLarge(at, options.lengthBytes());
    boolean headers = fileSystem().hasPathCapability(path, HEADERS);
    requireCapable(at, path, options, headers);
    Map<String, String> metadata =
        headers && isMarked(options) ? WriterToken.addTo(options) : options.metadata();
    return new S3aWrite(this, at, options, () -> stream(path, options, metadata));
  }

  /** An option that a release of S3A does not know would be passed over in silence. */
  private void requireCapable(Location at, Path path, WriteOptions options, boolean headers)
      throws IOException {
    String lacks = null;
    if (options.existing() == WriteOptions.Existing.REFUSE
        && !fileSystem().hasPathCapability(path, REFUSE)) {
      lacks = "refuse to replace an object";
    } else if (!headers && !options.metadata().isEmpty()) {
      lacks = "write metadata";
    }
    if (lacks != null) {
      throw Problem.cannot("write", at.text())
          .because("S3A of this Hadoop, with these settings, cannot " + lacks)
          .remedy("Let our own client serve the bucket: see fs.flyte.client in docs/stores.md.")
          .kind(FailureKind.UNSUPPORTED)
          .exception();
    }
  }

  /** S3A's own stream, which holds whole parts in memory. */
  private FSDataOutputStream stream(Path path, WriteOptions options, Map<String, String> metadata)
      throws IOException {
    FileSystem writer = writers.forLength(options.lengthBytes());
    var builder = builder(writer, path).recursive().overwrite(true);
    builder.opt("fs.s3a.create.performance", true);
    if (options.existing() == WriteOptions.Existing.REFUSE) {
      builder.opt(REFUSE, true);
    }
    metadata.forEach((key, value) -> builder.opt(HEADERS + "." + key, value));
    return builder.build();
  }

  /** The parts that a file of this length is sent in. */
  @Override
  public long partBytes(long lengthBytes) {
    return Math.max(UploadBuffers.partSizeFor(lengthBytes, partSizeBytes), LEAST_PART_BYTES);
  }

  /** A plain PUT may be sent again; whatever else was done has to be recognised afterwards. */
  private boolean isMarked(WriteOptions options) {
    return options.existing() == WriteOptions.Existing.REFUSE
        || options.lengthBytes() == Attributes.UNKNOWN_LENGTH
        || options.lengthBytes() >= partBytes(options.lengthBytes());
  }

  /** Whether the object is there, whole, by this writer. */
  boolean isWritten(Location at, WriteOptions options, long lengthBytes) throws IOException {
    Path path = path(at);
    return fileSystem().getFileStatus(path).getLen() == lengthBytes
        && WriterToken.isOn(S3aMetadata.of(fileSystem(), path), options);
  }

  /** Where a file may be written. */
  Path target(Location at) throws TransferException {
    Path path = path(at);
    S3KeyConstraints.refuseForS3a(at);
    return path;
  }

  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    return WriterToken.hidden(S3aMetadata.of(fileSystem(), path));
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return UploadBuffers.bytesFor(lengthBytes, partSizeBytes);
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) {
    return null;
  }

  /**
   * A page of one, where S3A has pages: its plain delete lists the parent afterwards, and puts a
   * directory marker there when the file was its last.
   */
  @Override
  protected boolean remove(Path path, Attributes attributes) throws IOException {
    if (attributes.isDirectory()) {
      return super.remove(path, attributes);
    }
    fileSystem().getFileStatus(path); // S3 does not tell whether a deleted key was there
    for (Map.Entry<Path, String> failed :
        S3aDeletion.of(fileSystem(), path).delete(List.of(path))) {
      throw new java.nio.file.AccessDeniedException(path.toString(), null, failed.getValue());
    }
    return true;
  }

  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    try {
      S3aDeletion deletion = S3aDeletion.of(fileSystem(), path(directory));
      List<Path> page = new ArrayList<>();
      while (files.hasNext()) {
        page.add(path(directory.child(files.next())));
        if (page.size() == deletion.pageSize() || !files.hasNext()) {
          deletePage(directory, deletion, page);
          page.clear();
        }
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete files below", directory, failure);
    }
  }

  private static void deletePage(Location directory, S3aDeletion deletion, List<Path> page)
      throws IOException {
    List<Map.Entry<Path, String>> refused = deletion.deleteAgain(page);
    if (!refused.isEmpty()) {
      throw S3Cleanup.refused(directory, refused.size(), refused.get(0).toString());
    }
  }
}
