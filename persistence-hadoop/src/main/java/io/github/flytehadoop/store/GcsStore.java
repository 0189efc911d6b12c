/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.CreateObjectOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorage;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageReadOptions;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.VerificationAttributes;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
final class GcsStore extends HadoopStore {
  static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.NONE,
          StoreTraits.Checksums.CRC32C);
  private static final KeyRules NAMES = new KeyRules(1024, "\r\n", KeyRules.TrailingDot.ALLOWED);

  /** Chooses the instance whose parts fit a file: the connector fixes their size per instance. */
  interface BySize {
    FileSystem forLength(long lengthBytes) throws IOException;
  }

  private final BySize writers;

  GcsStore(FileSystem fileSystem, BySize writers) {
    super(fileSystem, TRAITS);
    this.writers = writers;
  }

  private GoogleCloudStorage storage() {
    return storage(fileSystem());
  }

  private static GoogleCloudStorage storage(FileSystem fileSystem) {
    return ((GoogleHadoopFileSystem) fileSystem).getGcsFs().getGcs();
  }

  private static StorageResourceId id(Path path, long generation) {
    return new StorageResourceId(
        path.toUri().getAuthority(), path.toUri().getPath().substring(1), generation);
  }

  @Override
  FileStatus status(Path path) throws IOException {
    if (!path.isRoot()) {
      GoogleCloudStorageItemInfo item =
          storage().getItemInfo(id(path, StorageResourceId.UNKNOWN_GENERATION_ID));
      if (item.exists()) {
        return GcsStatus.of(item, path);
      }
    }
    GcsListing.requirePrefix(storage(), path);
    return new FileStatus(0, true, 1, 0, 0, path);
  }

  @Override
  RemoteIterator<? extends FileStatus> list(Path root) throws IOException {
    return GcsListing.start(storage(), root, GcsListing.Reach.CHILDREN);
  }

  @Override
  RemoteIterator<? extends FileStatus> walk(Path root) throws IOException {
    return GcsListing.start(storage(), root, GcsListing.Reach.TREE);
  }

  @Override
  FSDataInputStream openStream(Path path, Attributes attributes, ByteRange range)
      throws IOException {
    if (attributes.isDirectory()) {
      throw new FileNotFoundException(path + " is a directory");
    }
    GoogleCloudStorageReadOptions options = readOptions(range);
    var channel =
        attributes.etag() == null || attributes.lengthBytes() < 0
            ? storage().open(id(path, StorageResourceId.UNKNOWN_GENERATION_ID), options)
            : storage().open(pinned(path, attributes, Long.parseLong(attributes.etag())), options);
    return new FSDataInputStream(new GcsInput(channel));
  }

  /** GCS says of a generation that was replaced what it says of an object that was deleted. */
  @Override
  Throwable explained(Path path, Throwable failure) {
    if (HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED) == FailureKind.NOT_FOUND) {
      try {
        if (storage().getItemInfo(id(path, StorageResourceId.UNKNOWN_GENERATION_ID)).exists()) {
          return new InvalidPathHandleException("another version replaced it", failure);
        }
      } catch (IOException unanswered) {
        failure.addSuppressed(unanswered);
      }
    }
    return failure;
  }

  private static GoogleCloudStorageItemInfo pinned(
      Path path, Attributes attributes, long generation) {
    long time = attributes.modified().toEpochMilli();
    return GoogleCloudStorageItemInfo.createObject(
        id(path, generation),
        time,
        time,
        attributes.lengthBytes(),
        "application/octet-stream",
        null,
        Map.of(),
        generation,
        0,
        new VerificationAttributes(null, null));
  }

  /** A bounded range is one exact GET: no footer is fetched and nothing is read ahead. */
  private GoogleCloudStorageReadOptions readOptions(ByteRange range) {
    var options = storage().getOptions().getReadChannelOptions().toBuilder();
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

  GcsUpload upload(Location at, WriteOptions options, long generation) throws IOException {
    return start(writers.forLength(options.lengthBytes()), at, options, generation);
  }

  GcsUpload smallUpload(Location at, WriteOptions options, long generation) throws IOException {
    return start(writers.forLength(0), at, options, generation);
  }

  private GcsUpload start(FileSystem writer, Location at, WriteOptions options, long generation)
      throws IOException {
    ContentHeaders headers = ContentHeaders.of(WriterMark.addToRefusing(options));
    Map<String, byte[]> metadata = new TreeMap<>();
    headers
        .user()
        .forEach((name, value) -> metadata.put(name, value.getBytes(StandardCharsets.UTF_8)));
    var create =
        CreateObjectOptions.builder()
            .setOverwriteExisting(true)
            .setContentType(headers.getOr(ContentHeaders.TYPE, "application/octet-stream"))
            .setMetadata(metadata);
    String encoding = headers.get(ContentHeaders.ENCODING);
    if (encoding != null) {
      create.setContentEncoding(encoding);
    }
    return GcsUpload.start(storage(writer), id(path(at), generation), create.build());
  }

  void remove(Location at, long generation) throws IOException {
    storage().deleteObjects(List.of(id(path(at), generation)));
  }

  /** Whether the object is there, whole, by this writer. */
  boolean isWritten(Location at, WriteOptions options, long lengthBytes) throws IOException {
    Path path = path(at);
    return status(path).getLen() == lengthBytes && WriterMark.isOn(allMetadata(path), options);
  }

  @Override
  Map<String, String> readMetadata(Path path) throws IOException {
    return WriterMark.hidden(allMetadata(path));
  }

  private Map<String, String> allMetadata(Path path) throws IOException {
    GoogleCloudStorageItemInfo item =
        storage().getItemInfo(id(path, StorageResourceId.UNKNOWN_GENERATION_ID));
    if (!item.exists()) {
      throw new FileNotFoundException(path + " is not there");
    }
    Map<String, String> metadata = new TreeMap<>();
    if (item.getMetadata() != null) {
      item.getMetadata()
          .forEach(
              (name, value) -> {
                if (value != null) {
                  metadata.put(name, new String(value, StandardCharsets.UTF_8));
                }
              });
    }
    addHeader(metadata, ContentHeaders.TYPE, item.getContentType(), "application/octet-stream");
    addHeader(metadata, ContentHeaders.ENCODING, item.getContentEncoding(), "");
    return metadata;
  }

  static void addHeader(
      Map<String, String> metadata, String name, @Nullable String value, String usual) {
    if (value != null && !value.isEmpty() && !value.equals(usual)) {
      metadata.put(name, value);
    }
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
}
