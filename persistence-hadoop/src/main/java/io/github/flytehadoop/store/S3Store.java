/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * S3 and everything that speaks its protocol, through S3A.
 *
 * <p>Requests: a small file is one PUT, a large one its parts and two; a listed file is one GET, a
 * range of it too; a listing is one LIST a thousand keys; a stat is one HEAD for a file.
 */
final class S3Store extends HadoopStore {
  static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.NONE);
  private static final long LEAST_PART_BYTES = 5L << 20;
  private static final KeyRules NAMES = new KeyRules(1024, "", KeyRules.TrailingDot.ALLOWED);

  /** 10,000 parts of 5 GiB; stores may allow less, and then say so themselves. */
  private static final long MOST_BYTES = 10_000L * (5L << 30);

  private static final String MARKER = "_$folder$";

  /** What S3A and the store write when nobody says a type. */
  private static final Set<String> NO_TYPE =
      Set.of("application/octet-stream", "binary/octet-stream");

  private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);
  private static final String METADATA_HEADER = "x-amz-meta-";

  /** Chooses the instance whose parts fit a file: S3A fixes the size of parts per instance. */
  interface BySize {
    FileSystem forLength(long lengthBytes) throws IOException;
  }

  private final BySize writers;
  private final long partSizeBytes;
  private final @Nullable S3Requests requests;

  private S3Store(
      FileSystem fileSystem, BySize writers, long partSizeBytes, @Nullable S3Requests requests) {
    super(fileSystem, TRAITS);
    this.writers = writers;
    this.partSizeBytes = partSizeBytes;
    this.requests = requests;
  }

  static S3Store of(FileSystem fileSystem, BySize writers, long partSizeBytes) throws IOException {
    return new S3Store(fileSystem, writers, partSizeBytes, S3Requests.of(fileSystem));
  }

  /** S3A answers for the root of a bucket without asking whether there is a bucket. */
  @Override
  FileStatus status(Path path) throws IOException {
    if (path.isRoot()) {
      boolean listable = fileSystem().listStatusIterator(path).hasNext();
      LOG.trace("{} is there, with content: {}", path, listable);
    }
    return super.status(path);
  }

  @Override
  RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return fileSystem().listFiles(root, true);
  }

  @Override
  @Nullable FileStatus pinned(Path path, Attributes attributes) {
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

  /** A bounded range is one exact GET: S3A's random policy reads ahead as far as it is told to. */
  @Override
  void readOptions(FutureDataInputStreamBuilder builder, ByteRange range) {
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
    Path path = path(at);
    Temporary.refuseAsTarget(at);
    refuseAsMarker(at);
    NAMES.refuse(at);
    refuseTooLarge(at, options.lengthBytes());
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
  long partBytes(long lengthBytes) {
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
        && WriterMark.isOn(allMetadata(path), options);
  }

  /** More than all parts together can carry, found before the first is sent (B49). */
  private static void refuseTooLarge(Location at, long lengthBytes) throws TransferException {
    if (lengthBytes > MOST_BYTES) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Words.printable(at.text())
              + ": it has "
              + lengthBytes
              + " bytes and an object at most "
              + MOST_BYTES
              + ". Split it.",
          null);
    }
  }

  /** S3A takes such objects for the directory markers of an old client and never lists them. */
  private static void refuseAsMarker(Location at) throws TransferException {
    if (at.name().endsWith(MARKER)) {
      throw new TransferException(
          FailureKind.UNSUPPORTED,
          at.text(),
          "Cannot write "
              + Words.printable(at.text())
              + ": listings leave out names that end with "
              + MARKER
              + ". Choose another name.",
          null);
    }
  }

  /** The store compares each part with the checksum that comes with it. */
  Proof proof() {
    String algorithm =
        fileSystem().getConf().getTrimmed("fs.s3a.create.checksum.algorithm", "NONE");
    return algorithm.equalsIgnoreCase("NONE") || algorithm.isEmpty()
        ? Proof.LENGTH
        : Proof.CHECKSUM;
  }

  @Override
  Map<String, String> readMetadata(Path path) throws IOException {
    return WriterMark.hidden(allMetadata(path));
  }

  private Map<String, String> allMetadata(Path path) throws IOException {
    if (fileSystem() instanceof S3AFileSystem s3a) {
      return metadata(s3a.getS3AInternals().getObjectMetadata(path));
    }
    Map<String, String> metadata = new TreeMap<>();
    fileSystem()
        .getXAttrs(path)
        .forEach(
            (name, value) -> {
              int start = name.indexOf(METADATA_HEADER);
              if (start >= 0) {
                String key = name.substring(start + METADATA_HEADER.length());
                metadata.put(key, new String(value, StandardCharsets.UTF_8));
              }
            });
    return metadata;
  }

  private static Map<String, String> metadata(HeadObjectResponse object) {
    Map<String, String> metadata = new TreeMap<>(object.metadata());
    Map<String, @Nullable String> headers = new TreeMap<>();
    headers.put(ContentHeaders.TYPE, object.contentType());
    headers.put(ContentHeaders.ENCODING, object.contentEncoding());
    headers.put(ContentHeaders.LANGUAGE, object.contentLanguage());
    headers.put(ContentHeaders.DISPOSITION, object.contentDisposition());
    headers.put(ContentHeaders.CACHE_CONTROL, object.cacheControl());
    headers.forEach(
        (name, value) -> {
          if (value != null && !value.isEmpty() && !NO_TYPE.contains(value)) {
            metadata.put(name, value);
          }
        });
    return metadata;
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
  boolean remove(Path path, Attributes attributes) throws IOException {
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
