/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

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
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
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

  private static final int DELETE_TRIES = 3;
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
    return fileSystem().listFiles(root, true);
  }

  /** Without a status of its own a version is known by its length alone. */
  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    FutureDataInputStreamBuilder builder = fileSystem().openFile(path);
    FileStatus pinned = attributes.status();
    if (pinned != null) {
      builder.withFileStatus(pinned);
    } else if (attributes.lengthBytes() >= 0) {
      builder.optLong("fs.option.openfile.length", attributes.lengthBytes());
    }
    readOptions(builder, range);
    return FutureIO.awaitFuture(builder.build());
  }

  /** A bounded range is one exact GET: S3A's random policy reads ahead as far as it is told to. */
  @Override
  protected void readOptions(FutureDataInputStreamBuilder builder, ByteRange range) {
    if (range.lengthBytes() < 0) {
      builder.opt("fs.option.openfile.read.policy", "whole-file");
    } else {
      builder
          .opt("fs.option.openfile.read.policy", "random")
          .optLong("fs.s3a.readahead.range", Math.max(1, range.lengthBytes()));
    }
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path path = target(at);
    S3KeyConstraints.refuseTooLarge(at, options.lengthBytes());
    Map<String, String> metadata =
        isMarked(options) ? WriterMark.addTo(options) : options.metadata();
    return new S3aWrite(this, at, options, () -> stream(path, options, metadata));
  }

  /** S3A's own stream, which holds whole parts in memory. */
  private FSDataOutputStream stream(Path path, WriteOptions options, Map<String, String> metadata)
      throws IOException {
    FileSystem writer = writers.forLength(options.lengthBytes());
    var builder = builder(writer, path).recursive().overwrite(true);
    builder.opt("fs.s3a.create.performance", true);
    if (options.existing() == WriteOptions.Existing.REFUSE) {
      builder.opt("fs.option.create.conditional.overwrite", true);
    }
    metadata.forEach((key, value) -> builder.opt("fs.s3a.create.header." + key, value));
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
        && WriterMark.isOn(S3aMetadata.of(fileSystem(), path), options);
  }

  /** Where a file may be written. */
  Path target(Location at) throws TransferException {
    Path path = path(at);
    S3KeyConstraints.refuse(at);
    return path;
  }

  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    return WriterMark.hidden(S3aMetadata.of(fileSystem(), path));
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
   * A bulk of one: S3A's plain delete lists the parent afterwards, and puts a directory marker
   * there when the file was its last.
   */
  @Override
  protected boolean remove(Path path, Attributes attributes) throws IOException {
    if (attributes.isDirectory()) {
      return super.remove(path, attributes);
    }
    fileSystem().getFileStatus(path); // S3 does not tell whether a deleted key was there
    try (BulkDelete bulk = fileSystem().createBulkDelete(path)) {
      for (Map.Entry<Path, String> failed : bulk.bulkDelete(List.of(path))) {
        throw new java.nio.file.AccessDeniedException(path.toString(), null, failed.getValue());
      }
    }
    return true;
  }

  /** One call a page; of a page that was carried out in part the rest is tried again (F26). */
  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    try (BulkDelete bulk = fileSystem().createBulkDelete(path(directory))) {
      List<Path> page = new ArrayList<>();
      while (files.hasNext()) {
        page.add(path(directory.child(files.next())));
        if (page.size() == bulk.pageSize() || !files.hasNext()) {
          deletePage(directory, bulk, page);
          page.clear();
        }
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete files below", directory, failure);
    }
  }

  private static void deletePage(Location directory, BulkDelete bulk, List<Path> page)
      throws IOException {
    List<Map.Entry<Path, String>> refused = bulk.bulkDelete(page);
    for (int tries = 1; !refused.isEmpty() && tries < DELETE_TRIES; tries++) {
      refused = bulk.bulkDelete(refused.stream().map(Map.Entry::getKey).toList());
    }
    if (!refused.isEmpty()) {
      throw S3Cleanup.refused(directory, refused.size(), refused.get(0).toString());
    }
  }
}
