/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Leftover;
import io.github.flytehadoop.store.ListOptions;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.store.hadoop.WriterToken;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Storage, through Google's client of its JSON API.
 *
 * <p>Requests: a file of up to a part is one POST, a larger one a POST and its parts; a listed file
 * is one GET, a range of it too; a listing is one a page; a stat is one for a file; a copy within
 * the store is a GET and a POST. What is given up is ended by a DELETE.
 */
public final class GcsStore implements Store, MultipartStore, ServerSideCopy {
  /** What it can do. */
  public static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.PARTS,
          StoreTraits.Checksums.CRC32C);

  /** Parts of a resumable upload are multiples of this. */
  private static final long STEP_BYTES = 256 << 10;

  private static final long MOST_CHUNK_BYTES = 1L << 30;

  private final GcsRequests requests;
  private final GcsLookup lookup;
  private final long partSizeBytes;

  /** The store of a bucket. */
  public GcsStore(GcsConnection connection, String bucket, long partSizeBytes) {
    this.requests = new GcsRequests(connection, bucket);
    this.lookup = new GcsLookup(requests);
    this.partSizeBytes = partSizeBytes;
  }

  GcsRequests requests() {
    return requests;
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public Attributes stat(Location at) throws IOException {
    return lookup.stat(at, GcsKeys.key(at));
  }

  @Override
  public Listing children(Location directory) throws IOException {
    return children(directory, ListOptions.STRICT);
  }

  @Override
  public Listing children(Location directory, ListOptions options) throws IOException {
    return list(directory, GcsListing.Depth.CHILDREN, options);
  }

  @Override
  public Listing tree(Location directory) throws IOException {
    return tree(directory, ListOptions.STRICT);
  }

  @Override
  public Listing tree(Location directory, ListOptions options) throws IOException {
    return list(directory, GcsListing.Depth.TREE, options);
  }

  private Listing list(Location directory, GcsListing.Depth depth, ListOptions options)
      throws IOException {
    String key = GcsKeys.key(directory);
    return new GcsListing(requests, directory, key, depth, options.unsupported()).open();
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    return lookup.open(at, GcsKeys.key(at), attributes, range);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    StorageObject object = GcsMetadata.describing(GcsKeys.target(at), options);
    int chunk = chunkBytes(options.lengthBytes());
    return new GcsWrite(
        this, at, options, new GcsUpload(requests, object, replaced(options), chunk));
  }

  /** The generation that a write replaces: 0 is none, null is whatever there is. */
  static @Nullable Long replaced(WriteOptions options) {
    return options.existing() == WriteOptions.Existing.REFUSE ? 0L : null;
  }

  /** The bytes of one request of an upload; negative when the length is unknown. */
  int chunkBytes(long lengthBytes) {
    long part = UploadBuffers.partSizeFor(lengthBytes, partSizeBytes);
    long steps = Math.max(1, (part + STEP_BYTES - 1) / STEP_BYTES);
    return (int) Math.min(MOST_CHUNK_BYTES, steps * STEP_BYTES);
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    long chunk = chunkBytes(lengthBytes);
    return lengthBytes < 0 ? chunk : Math.min(chunk, Math.max(1, lengthBytes));
  }

  @Override
  public long partBytes(long lengthBytes) {
    return chunkBytes(lengthBytes);
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    throw new UnsupportedOperationException("One stream writes a file on " + at.scheme() + ".");
  }

  @Override
  public @Nullable MultipartWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    GcsKeys.target(at);
    if (options.lengthBytes() <= 0) {
      return null;
    }
    long size = PartSize.partSizeFor(options.lengthBytes(), partBytes);
    MultipartUpload upload =
        new MultipartUpload(
            at.text(), ReservedNames.newName(options.tag()), options.lengthBytes(), size);
    ComposeWrite write = new ComposeWrite(this, at, options, upload);
    try {
      write.begin();
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
    return write;
  }

  @Override
  public UploadedPart sendPart(MultipartUpload upload, Part part, PartSource source)
      throws IOException {
    Location at = Location.parse(upload.target());
    return new GcsParts(this, GcsKeys.target(at), upload.id()).send(part, source, at);
  }

  /** A chunk is held until the store has it. */
  @Override
  public long bytesInMemory(long partBytes) {
    return writeBufferBytes(partBytes, Sending.STREAM);
  }

  @Override
  public CopyMode copyMode(CopySource original, Location to, WriteOptions options) {
    return new GcsCopies(this).copyMode(original);
  }

  @Override
  public Proof copyWhole(CopySource original, Location to, WriteOptions options)
      throws IOException {
    return new GcsCopies(this).whole(original, to, options);
  }

  /** GCS has no limit of its own. */
  @Override
  public @Nullable MultipartWrite startCopy(
      CopySource original, Location to, WriteOptions options) {
    return null;
  }

  @Override
  public UploadedPart copyPart(CopySource original, MultipartUpload upload, Part part) {
    throw new UnsupportedOperationException("GCS copies whole objects.");
  }

  void remove(Location at, long generation) throws IOException {
    requests.delete(new GcsRequests.Version(GcsKeys.key(at), generation));
  }

  /**
   * The object of a write that failed, where only the answer was lost: it is there, whole, by this
   * writer (F21).
   *
   * @throws TransferException the failure, where it is not
   */
  StorageObject writtenAllTheSame(
      Location at, WriteOptions options, long lengthBytes, TransferException failure)
      throws TransferException {
    if (WriterToken.mayBeDone(options, failure.kind())) {
      try {
        StorageObject now = requests.get(GcsKeys.key(at));
        if (GcsStatus.sizeOf(now) == lengthBytes
            && WriterToken.isOn(GcsMetadata.of(now), options)) {
          return now;
        }
      } catch (IOException | RuntimeException unknown) {
        failure.addSuppressed(unknown);
      }
    }
    throw failure;
  }

  @Override
  public void makeDirectory(Location directory) throws IOException {
    lookup.makeDirectory(directory, GcsKeys.key(directory));
  }

  @Override
  public Map<String, String> metadata(Location at) throws IOException {
    String key = GcsKeys.key(at);
    try {
      return WriterToken.hidden(GcsMetadata.of(requests.get(key)));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the metadata of", at, failure);
    }
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException {
    String crc;
    if (attributes.status() instanceof GcsStatus known) {
      crc = known.crc32c();
    } else {
      try {
        crc = GcsStatus.crc32c(requests.get(GcsKeys.key(at)));
      } catch (IOException | RuntimeException failure) {
        throw HadoopFailures.of("read the checksum of", at, failure);
      }
    }
    return crc == null ? null : new Checksum(Checksum.CRC32C, crc);
  }

  @Override
  public void delete(Location at, Attributes attributes) throws IOException {
    new GcsCleanup(requests).delete(at, GcsKeys.key(at), attributes);
  }

  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    new GcsCleanup(requests).delete(directory, files);
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return new GcsLeftovers(requests, at, tag).find(kind);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    GcsLeftovers.discard(requests, leftover);
  }
}
