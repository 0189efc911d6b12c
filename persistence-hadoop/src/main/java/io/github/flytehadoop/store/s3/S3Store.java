/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.S3Reasons;
import io.github.flytehadoop.store.hadoop.FileSystemBySize;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.store.hadoop.WriterMark;
import io.github.flytehadoop.store.multipart.CopyingStore;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.PartedStore;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * S3 and everything that speaks its protocol, through S3A.
 *
 * <p>Requests: a small file is one PUT, a large one its parts and two; a listed file is one GET, a
 * range of it too; a listing is one LIST a thousand keys; a stat is one HEAD for a file; a copy
 * within the store is one COPY, above 5 GiB its parts and two.
 */
public final class S3Store extends HadoopStore implements PartedStore, CopyingStore {
  public static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.PARTS,
          StoreTraits.Checksums.NONE,
          StoreTraits.Etags.DIGEST);
  private static final long LEAST_PART_BYTES = 5L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

  private final FileSystemBySize writers;
  private final long partSizeBytes;
  private final @Nullable S3Requests requests;

  private S3Store(
      FileSystem fileSystem,
      FileSystemBySize writers,
      long partSizeBytes,
      @Nullable S3Requests requests) {
    super(fileSystem, TRAITS);
    this.writers = writers;
    this.partSizeBytes = partSizeBytes;
    this.requests = requests;
  }

  /** The store of a bucket. */
  public static S3Store of(FileSystem fileSystem, FileSystemBySize writers, long partSizeBytes)
      throws IOException {
    return new S3Store(fileSystem, writers, partSizeBytes, S3Requests.of(fileSystem));
  }

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
  protected @Nullable FileStatus pinned(Path path, Attributes attributes) {
    if (attributes.status() != null) {
      return attributes.status();
    }
    return attributes.lengthBytes() < 0
        ? null
        : new S3AFileStatus(
            attributes.lengthBytes(),
            attributes.modified().toEpochMilli(),
            path,
            fileSystem().getDefaultBlockSize(path),
            "",
            attributes.etag(),
            null);
  }

  /** S3A's stream where it knows more than we do: the length, or a key to the bytes. */
  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    S3Requests direct = requests;
    boolean known = attributes.kind() == Attributes.Kind.FILE && attributes.lengthBytes() >= 0;
    return direct == null || !known || !direct.takes(path)
        ? super.openStream(path, attributes, range)
        : new FSDataInputStream(
            new S3Read(
                direct, direct.key(path), attributes.lengthBytes(), attributes.etag(), range));
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
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    return S3Digest.compared(this, at, attributes, range);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Path path = target(at);
    S3Names.refuseTooLarge(at, options.lengthBytes());
    Map<String, String> metadata =
        isMarked(options) ? WriterMark.addTo(options) : options.metadata();
    S3Requests direct = requests;
    S3Write.Direct way =
        direct == null || !direct.takes(path)
            ? null
            : source ->
                new S3Upload(
                    direct,
                    direct.key(path),
                    S3Requests.options(metadata, options.existing()),
                    source);
    return new S3Write(this, at, options, way, () -> stream(path, options, metadata));
  }

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

  @Override
  public long partBytes(long lengthBytes) {
    return Math.max(UploadBuffers.partSizeFor(lengthBytes, partSizeBytes), LEAST_PART_BYTES);
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    boolean held = sending == Sending.STREAM || requests == null;
    return held ? UploadBuffers.bytesFor(lengthBytes, partSizeBytes) : 0;
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
        && WriterMark.isOn(S3Metadata.of(fileSystem(), path), options);
  }

  Path target(Location at) throws TransferException {
    Path path = path(at);
    S3Names.refuse(at, path);
    return path;
  }

  @Override
  public @Nullable PartedWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    return requests == null ? null : begun().startParts(at, options, partBytes);
  }

  private S3Shared begun() {
    return new S3Shared(this, Objects.requireNonNull(requests, "requests"));
  }

  @Override
  public SentPart sendPart(PartedUpload upload, Part part, PartSource source) throws IOException {
    return begun().sendPart(upload, part, source);
  }

  /** Bytes go from the source's buffer into the socket. */
  @Override
  public long bytesInMemory(long partBytes) {
    return 1L << 20;
  }

  @Override
  public boolean isLost(TransferException failure) {
    return S3Reasons.isCode(failure, "NoSuchUpload") || S3Reasons.isCode(failure, "InvalidPart");
  }

  @Override
  public Way wayOf(Original original, Location to, WriteOptions options) {
    return requests == null ? Way.NONE : new S3Copies(requests).wayOf(original);
  }

  @Override
  public @Nullable Proof copyWhole(Original original, Location to, WriteOptions options)
      throws IOException {
    return begun().copies().whole(original, to, target(to), options);
  }

  @Override
  public @Nullable PartedWrite startCopy(Original original, Location to, WriteOptions options)
      throws IOException {
    return begun().startCopy(original, to, options);
  }

  @Override
  public SentPart copyPart(Original original, PartedUpload upload, Part part) throws IOException {
    return begun().copies().part(original, upload, part, target(Location.parse(upload.target())));
  }

  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    return WriterMark.hidden(S3Metadata.of(fileSystem(), path));
  }

  @Override
  public @Nullable Checksum digest(Location at, Attributes attributes, String algorithm)
      throws IOException {
    return algorithm.equals(Checksum.MD5) ? S3Digest.kept(this, at, attributes) : null;
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

  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    new S3Cleaning(this).delete(directory, files);
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return new S3Cleaning(this).uploads(at, kind);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    new S3Cleaning(this).abort(leftover);
  }
}
