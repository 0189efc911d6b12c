/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.PartSize;
import io.github.flytehadoop.hadoop.s3.S3Connection;
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
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.S3ErrorCodes;
import io.github.flytehadoop.store.hadoop.UploadBuffers;
import io.github.flytehadoop.store.hadoop.WriterToken;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.store.s3.request.S3Metadata;
import io.github.flytehadoop.store.s3.request.S3WriteHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * S3 and everything that speaks its protocol, through the SDK's client.
 *
 * <p>Requests: a small file is one PUT, a large one its parts and two; a listed file is one GET, a
 * range of it too; a listing is one LIST a thousand keys; a stat is one HEAD for a file; a copy
 * within the store is one COPY, above 5 GiB its parts and two.
 */
public final class S3Store implements Store, MultipartStore, ServerSideCopy {
  /** What it can do. */
  public static final StoreTraits TRAITS =
      new StoreTraits(
          StoreTraits.Tree.PREFIXES,
          StoreTraits.Metadata.KEPT,
          StoreTraits.ParallelWrites.PARTS,
          StoreTraits.Checksums.NONE,
          StoreTraits.Etags.DIGEST);

  private static final long LEAST_PART_BYTES = 5L << 20;

  private final S3Requests requests;
  private final S3Lookup lookup;
  private final S3ServerSideCopy copies;
  private final long partSizeBytes;

  /**
   * The store of a bucket.
   *
   * @param conf says how large copies are
   * @param partsInFlight permits for parts that are sent, of this bucket and of others
   */
  public S3Store(
      S3Connection connection, Configuration conf, long partSizeBytes, Semaphore partsInFlight) {
    this.requests = new S3Requests(connection, partsInFlight);
    this.lookup = new S3Lookup(requests);
    this.copies = new S3ServerSideCopy(requests, S3ServerSideCopy.Limits.of(conf));
    this.partSizeBytes = partSizeBytes;
  }

  S3Requests requests() {
    return requests;
  }

  @Override
  public StoreTraits traits() {
    return TRAITS;
  }

  @Override
  public Attributes stat(Location at) throws IOException {
    return lookup.stat(at, S3KeyConstraints.key(at));
  }

  @Override
  public Listing children(Location directory) throws IOException {
    return children(directory, ListOptions.STRICT);
  }

  @Override
  public Listing children(Location directory, ListOptions options) throws IOException {
    return list(directory, S3Listing.Depth.CHILDREN, options);
  }

  @Override
  public Listing tree(Location directory) throws IOException {
    return tree(directory, ListOptions.STRICT);
  }

  @Override
  public Listing tree(Location directory, ListOptions options) throws IOException {
    return list(directory, S3Listing.Depth.TREE, options);
  }

  private Listing list(Location directory, S3Listing.Depth depth, ListOptions options)
      throws IOException {
    String key = S3KeyConstraints.key(directory);
    return new S3Listing(requests, directory, key, depth, options.unsupported()).open();
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    return lookup.open(at, S3KeyConstraints.key(at), attributes, range);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    String key = S3KeyConstraints.target(at);
    S3KeyConstraints.refuseTooLarge(at, options.lengthBytes());
    S3WriteHeaders headers =
        new S3WriteHeaders(
            isMarked(options) ? WriterToken.addTo(options) : options.metadata(),
            options.existing());
    return new S3Write(
        this, at, options, new S3Uploads(requests, key, headers, partBytes(options.lengthBytes())));
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
    var head = requests.head(S3KeyConstraints.key(at));
    return head.contentLength() == lengthBytes && WriterToken.isOn(S3Metadata.of(head), options);
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    throw new UnsupportedOperationException("One stream writes a file on " + at.scheme() + ".");
  }

  @Override
  public @Nullable MultipartWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    String key = S3KeyConstraints.target(at);
    if (options.lengthBytes() <= 0) {
      return null;
    }
    long size = PartSize.partSizeFor(options.lengthBytes(), Math.max(LEAST_PART_BYTES, partBytes));
    S3Multipart parts = new S3Multipart(requests, key);
    try {
      MultipartUpload upload =
          new MultipartUpload(at.text(), parts.start(options), options.lengthBytes(), size);
      return new S3MultipartWrite(this, parts, upload, options);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  @Override
  public UploadedPart sendPart(MultipartUpload upload, Part part, PartSource source)
      throws IOException {
    Location at = Location.parse(upload.target());
    return new S3Multipart(requests, S3KeyConstraints.target(at)).send(upload, part, source, at);
  }

  /** Bytes go from the source's buffer into the socket. */
  @Override
  public long bytesInMemory(long partBytes) {
    return 1L << 20;
  }

  @Override
  public boolean isLost(TransferException failure) {
    return S3ErrorCodes.isCode(failure, "NoSuchUpload")
        || S3ErrorCodes.isCode(failure, "InvalidPart");
  }

  @Override
  public CopyMode copyMode(CopySource original, Location to, WriteOptions options) {
    return copies.copyMode(original);
  }

  @Override
  public @Nullable Proof copyWhole(CopySource original, Location to, WriteOptions options)
      throws IOException {
    return copies.whole(original, to, S3KeyConstraints.target(to), options);
  }

  /** An upload takes nothing over from an original: what that has is asked for. */
  @Override
  public @Nullable MultipartWrite startCopy(CopySource original, Location to, WriteOptions options)
      throws IOException {
    WriteOptions kept =
        options.metadata().isEmpty()
            ? options.with(original.store().metadata(original.at()))
            : options;
    return startParts(to, kept, copies.partBytes());
  }

  @Override
  public UploadedPart copyPart(CopySource original, MultipartUpload upload, Part part)
      throws IOException {
    return copies.part(
        original, upload, part, S3KeyConstraints.target(Location.parse(upload.target())));
  }

  /** The store compares each part with the checksum that comes with it. */
  Proof proof() {
    return requests.objects().checksum() == null ? Proof.LENGTH : Proof.CHECKSUM;
  }

  @Override
  public void makeDirectory(Location directory) throws IOException {
    lookup.makeDirectory(directory, S3KeyConstraints.key(directory));
  }

  @Override
  public Map<String, String> metadata(Location at) throws IOException {
    String key = S3KeyConstraints.key(at);
    try {
      return WriterToken.hidden(S3Metadata.of(requests.head(key)));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("read the metadata of", at, failure);
    }
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return sending == Sending.STREAM ? UploadBuffers.bytesFor(lengthBytes, partSizeBytes) : 0;
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) {
    return null;
  }

  @Override
  public @Nullable Checksum digest(Location at, Attributes attributes, String algorithm)
      throws IOException {
    return algorithm.equals(Checksum.MD5)
        ? S3EtagCheck.kept(requests, at, S3KeyConstraints.key(at), attributes)
        : null;
  }

  @Override
  public void delete(Location at, Attributes attributes) throws IOException {
    new S3Cleanup(requests, at).delete(S3KeyConstraints.key(at), attributes);
  }

  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    try {
      new S3Cleanup(requests, directory).delete(files);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("delete files below", directory, failure);
    }
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return new S3Cleanup(requests, at).leftovers(kind);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    new S3Cleanup(requests, Location.parse(leftover.at())).discard(leftover);
  }
}
