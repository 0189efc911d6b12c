/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.CreateObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageReadOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Temporary;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.FileSystemBySize;
import io.github.flytehadoop.store.hadoop.HadoopStore;
import io.github.flytehadoop.store.hadoop.KeyRules;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.store.hadoop.WriterMark;
import io.github.flytehadoop.store.multipart.CopyingStore;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.PartedStore;
import io.github.flytehadoop.store.multipart.PartedUpload;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Storage, through the object API below Google's Hadoop file system: it knows
 * generations, checksums and flat listings, which the file system hides.
 *
 * <p>Requests: a small file is one, or three where an object is replaced; a large one a GET, a POST
 * and its parts; a listed file is one GET, a range of it too; a listing is one a page; a stat is
 * one for a file. Metadata keeps its names, and the connector writes its values in base64.
 */
public final class GcsStore extends HadoopStore implements PartedStore, CopyingStore {
  public static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.PARTS,
          StoreTraits.Checksums.CRC32C);
  private static final KeyRules NAMES = new KeyRules(1024, "\r\n", KeyRules.TrailingDot.ALLOWED);

  private final FileSystemBySize writers;
  private final long partSizeBytes;

  /** A store that reads through one file system and writes through those of the sizes. */
  public GcsStore(FileSystem fileSystem, FileSystemBySize writers, long partSizeBytes) {
    super(fileSystem, TRAITS);
    this.writers = writers;
    this.partSizeBytes = partSizeBytes;
  }

  /** The object API. */
  GoogleCloudStorage objects() {
    return GcsObjects.of(fileSystem());
  }

  @Override
  protected FileStatus status(Path path) throws IOException {
    if (!path.isRoot()) {
      GoogleCloudStorageItemInfo item = objects().getItemInfo(GcsObjects.newest(path));
      if (item.exists()) {
        return GcsStatus.of(item, path);
      }
    }
    GcsListing.requirePrefix(objects(), path);
    return new FileStatus(0, true, 1, 0, 0, path);
  }

  @Override
  protected RemoteIterator<? extends FileStatus> list(Path root) throws IOException {
    return GcsListing.start(objects(), root, GcsListing.Reach.CHILDREN);
  }

  @Override
  protected RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return GcsListing.start(objects(), root, GcsListing.Reach.TREE);
  }

  @Override
  protected FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    if (attributes.isDirectory()) {
      throw new FileNotFoundException(path + " is a directory");
    }
    GoogleCloudStorageReadOptions options = readOptions(range);
    var channel =
        attributes.etag() == null || attributes.lengthBytes() < 0
            ? objects().open(GcsObjects.newest(path), options)
            : objects()
                .open(
                    GcsObjects.pinned(path, attributes, Long.parseLong(attributes.etag())),
                    options);
    return new FSDataInputStream(new GcsInput(channel));
  }

  /** GCS says of a generation that was replaced what it says of an object that was deleted. */
  @Override
  protected Throwable explained(Path path, Throwable failure) {
    if (HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED) == FailureKind.NOT_FOUND) {
      try {
        if (objects().getItemInfo(GcsObjects.newest(path)).exists()) {
          return new InvalidPathHandleException("another version replaced it", failure);
        }
      } catch (IOException unanswered) {
        failure.addSuppressed(unanswered);
      }
    }
    return failure;
  }

  /** A bounded range is one exact GET: no footer is fetched and nothing is read ahead. */
  private GoogleCloudStorageReadOptions readOptions(ByteRange range) {
    var options = objects().getOptions().getReadChannelOptions().toBuilder();
    if (range.lengthBytes() < 0) {
      return options.setFadvise(GoogleCloudStorageReadOptions.Fadvise.SEQUENTIAL).build();
    }
    return options
        .setFadvise(GoogleCloudStorageReadOptions.Fadvise.RANDOM)
        .setMinRangeRequestSize(Math.max(1, range.lengthBytes()))
        .build();
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    Temporary.refuseAsTarget(at);
    path(at);
    NAMES.refuse(at);
    return new GcsWrite(this, at, options);
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return UploadBuffers.bytesFor(lengthBytes, partSizeBytes);
  }

  @Override
  public long partBytes(long lengthBytes) {
    return UploadBuffers.partSizeFor(lengthBytes, partSizeBytes);
  }

  GcsUpload upload(Location at, WriteOptions options, long generation) throws IOException {
    return start(writers.forLength(options.lengthBytes()), at, options, generation);
  }

  GcsUpload smallUpload(Location at, WriteOptions options, long generation) throws IOException {
    return start(writers.forLength(0), at, options, generation);
  }

  private GcsUpload start(FileSystem writer, Location at, WriteOptions options, long generation)
      throws IOException {
    return GcsUpload.start(
        GcsObjects.of(writer),
        GcsObjects.id(path(at), generation),
        GcsMetadata.describing(options));
  }

  /** An object without metadata, such as a part. */
  GcsUpload plainUpload(StorageResourceId at, long lengthBytes) throws IOException {
    long small = lengthBytes <= GcsWrite.SMALL_BYTES ? 0 : lengthBytes;
    return GcsUpload.start(
        GcsObjects.of(writers.forLength(small)), at, CreateObjectOptions.DEFAULT_OVERWRITE);
  }

  /** Makes one object of up to 32, at once. */
  GoogleCloudStorageItemInfo compose(
      List<StorageResourceId> objects, StorageResourceId target, WriteOptions options)
      throws IOException {
    long replaced =
        options.existing() == WriteOptions.Existing.REFUSE
            ? 0
            : StorageResourceId.UNKNOWN_GENERATION_ID;
    StorageResourceId at =
        new StorageResourceId(target.getBucketName(), target.getObjectName(), replaced);
    return objects().composeObjects(objects, at, GcsMetadata.describing(options));
  }

  @Override
  public @Nullable PartedWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    StorageResourceId target = target(at);
    if (options.lengthBytes() <= 0) {
      return null;
    }
    long size = PartSize.partSizeFor(options.lengthBytes(), partBytes);
    PartedUpload upload =
        new PartedUpload(at.text(), Temporary.newName(options.tag()), options.lengthBytes(), size);
    ComposeWrite write = new ComposeWrite(this, at, target, options, upload);
    try {
      write.begin();
    } catch (IOException | RuntimeException failure) {
      write.close();
      throw HadoopFailures.of("write", at, failure);
    }
    return write;
  }

  @Override
  public SentPart sendPart(PartedUpload upload, Part part, PartSource source) throws IOException {
    Location at = Location.parse(upload.target());
    return new GcsParts(this, target(at), upload.id()).send(part, source, at);
  }

  /** The connector holds a chunk to send it again, and fills the next. */
  @Override
  public long bytesInMemory(long partBytes) {
    return UploadBuffers.bytesFor(partBytes, partBytes);
  }

  private StorageResourceId target(Location at) throws TransferException {
    Temporary.refuseAsTarget(at);
    NAMES.refuse(at);
    return GcsObjects.newest(path(at));
  }

  @Override
  public Way wayOf(Original original, Location to, WriteOptions options) {
    return GcsCopies.wayOf(original, to);
  }

  @Override
  public Proof copyWhole(Original original, Location to, WriteOptions options) throws IOException {
    StorageResourceId source = GcsObjects.newest(path(original.at()));
    return new GcsCopies(this).whole(original, source, to, target(to), options);
  }

  /** GCS has no limit of its own. */
  @Override
  public @Nullable PartedWrite startCopy(Original original, Location to, WriteOptions options) {
    return null;
  }

  @Override
  public SentPart copyPart(Original original, PartedUpload upload, Part part) {
    throw new UnsupportedOperationException("GCS copies whole objects.");
  }

  void remove(Location at, long generation) throws IOException {
    objects().deleteObjects(List.of(GcsObjects.id(path(at), generation)));
  }

  /** Whether the object is there, whole, by this writer. */
  boolean isWritten(Location at, WriteOptions options, long lengthBytes) throws IOException {
    Path path = path(at);
    return status(path).getLen() == lengthBytes
        && WriterMark.isOn(GcsObjects.metadata(objects(), path), options);
  }

  @Override
  protected Map<String, String> readMetadata(Path path) throws IOException {
    return WriterMark.hidden(GcsObjects.metadata(objects(), path));
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException {
    FileStatus status = attributes.status();
    try {
      GcsStatus known = (GcsStatus) (status instanceof GcsStatus ? status : status(path(at)));
      String crc = known.crc32c();
      return crc == null ? null : new Checksum(Checksum.CRC32C, crc);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the checksum of", at, failure);
    }
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return new GcsLeftovers(objects(), at, tag).find(kind);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    GcsLeftovers.discard(objects(), leftover);
  }
}
