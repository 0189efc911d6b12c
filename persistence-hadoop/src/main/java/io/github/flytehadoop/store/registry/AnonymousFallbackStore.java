/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.hadoop.Access;
import io.github.flytehadoop.hadoop.AnonymousAccess;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket that may be public. Reads that fail for want of credentials or permission, and for
 * nothing else, are tried once without credentials; what worked is remembered for the bucket. When
 * both fail the caller gets the first failure with the second in it. Writes always use credentials
 * (fixes W-16 to W-19).
 */
final class AnonymousFallbackStore implements Store, MultipartStore, ServerSideCopy {
  private static final Logger LOG = LoggerFactory.getLogger(AnonymousFallbackStore.class);

  interface Opening {
    Store open(Access access) throws IOException;
  }

  interface Reading<T> {
    T from(Store store) throws IOException;
  }

  private final Location bucket;
  private final StoreTraits traits;
  private final Opening opening;
  private final AnonymousAccess policy;
  private @Nullable Store authenticated;
  private @Nullable Store anonymous;
  private volatile boolean anonymousWorked;

  AnonymousFallbackStore(
      Location bucket, StoreTraits traits, AnonymousAccess policy, Opening opening) {
    this.bucket = bucket;
    this.traits = traits;
    this.policy = policy;
    this.opening = opening;
  }

  Store store(Access access) throws IOException {
    return access == Access.ANONYMOUS ? anonymous() : authenticated();
  }

  private synchronized Store authenticated() throws IOException {
    Store store = authenticated;
    if (store == null) {
      store = opening.open(Access.CREDENTIALS);
      authenticated = store;
    }
    return store;
  }

  private synchronized Store anonymous() throws IOException {
    Store store = anonymous;
    if (store == null) {
      store = opening.open(Access.ANONYMOUS);
      anonymous = store;
    }
    return store;
  }

  /** What worked is tried first; the other stays, for a bucket may hold both kinds of objects. */
  private Access first() {
    return anonymousWorked ? Access.ANONYMOUS : Access.CREDENTIALS;
  }

  <T> T read(Reading<T> reading) throws IOException {
    if (policy == AnonymousAccess.ALWAYS) {
      return reading.from(anonymous());
    }
    Access first = first();
    try {
      return reading.from(store(first));
    } catch (TransferException refused) {
      if (!Refusals.isTrigger(refused)) {
        throw refused;
      }
      try {
        T result = reading.from(store(Refusals.other(first)));
        worked(Refusals.other(first));
        return result;
      } catch (TransferException alsoRefused) {
        throw Refusals.both(first, refused, alsoRefused);
      }
    }
  }

  void worked(Access access) {
    if (access == Access.ANONYMOUS && !anonymousWorked) {
      LOG.info("{}://{} is read without credentials", bucket.scheme(), bucket.authority());
      anonymousWorked = true;
    }
  }

  /** Those of the store, whichever way into it is open. */
  @Override
  public StoreTraits traits() {
    return traits;
  }

  @Override
  public Attributes stat(Location at) throws IOException {
    return read(store -> store.stat(at));
  }

  @Override
  public Listing children(Location directory) throws IOException {
    return read(store -> store.children(directory));
  }

  @Override
  public Listing children(Location directory, ListOptions options) throws IOException {
    return read(store -> store.children(directory, options));
  }

  @Override
  public Listing tree(Location directory) throws IOException {
    return read(store -> store.tree(directory));
  }

  @Override
  public Listing tree(Location directory, ListOptions options) throws IOException {
    return read(store -> store.tree(directory, options));
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) throws IOException {
    if (policy == AnonymousAccess.ALWAYS) {
      return anonymous().open(at, attributes, range);
    }
    Access first = first();
    return FallbackInputStream.open(
        () -> store(first).open(at, attributes, range),
        new OtherAccess(this, first, store -> store.open(at, attributes, range)));
  }

  @Override
  public boolean readsRanges(Location at, Attributes attributes) throws IOException {
    return read(store -> store.readsRanges(at, attributes));
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) throws IOException {
    return authenticated().writeBufferBytes(lengthBytes, sending);
  }

  @Override
  public long partBytes(long lengthBytes) throws IOException {
    return authenticated().partBytes(lengthBytes);
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) throws IOException {
    return authenticated().write(at, options);
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) throws IOException {
    return authenticated().writeParallel(at, options);
  }

  @Override
  public @Nullable MultipartWrite startParts(Location at, WriteOptions options, long partBytes)
      throws IOException {
    return authenticated() instanceof MultipartStore parted
        ? parted.startParts(at, options, partBytes)
        : null;
  }

  @Override
  public UploadedPart sendPart(MultipartUpload upload, Part part, PartSource source)
      throws IOException {
    return ((MultipartStore) authenticated()).sendPart(upload, part, source);
  }

  @Override
  public long bytesInMemory(long partBytes) throws IOException {
    return ((MultipartStore) authenticated()).bytesInMemory(partBytes);
  }

  @Override
  public synchronized boolean isLost(TransferException failure) {
    return authenticated instanceof MultipartStore parted && parted.isLost(failure);
  }

  /** A source that is only read without credentials cannot be copied with them. */
  @Override
  public CopyMode copyMode(CopySource original, Location to, WriteOptions options)
      throws IOException {
    boolean open =
        original.store() instanceof AnonymousFallbackStore other
            && (other.anonymousWorked || other.policy == AnonymousAccess.ALWAYS);
    return !open && authenticated() instanceof ServerSideCopy copying
        ? copying.copyMode(owned(original), to, options)
        : CopyMode.NONE;
  }

  private static CopySource owned(CopySource original) throws IOException {
    return original.store() instanceof AnonymousFallbackStore other
        ? new CopySource(other.authenticated(), original.at(), original.pinned())
        : original;
  }

  @Override
  public @Nullable Proof copyWhole(CopySource original, Location to, WriteOptions options)
      throws IOException {
    return ((ServerSideCopy) authenticated()).copyWhole(owned(original), to, options);
  }

  @Override
  public @Nullable MultipartWrite startCopy(CopySource original, Location to, WriteOptions options)
      throws IOException {
    return ((ServerSideCopy) authenticated()).startCopy(owned(original), to, options);
  }

  @Override
  public UploadedPart copyPart(CopySource original, MultipartUpload upload, Part part)
      throws IOException {
    return ((ServerSideCopy) authenticated()).copyPart(owned(original), upload, part);
  }

  @Override
  public void makeDirectory(Location directory) throws IOException {
    authenticated().makeDirectory(directory);
  }

  @Override
  public Map<String, String> metadata(Location at) throws IOException {
    return read(store -> store.metadata(at));
  }

  @Override
  public @Nullable Checksum checksum(Location at, Attributes attributes) throws IOException {
    return read(store -> Optional.ofNullable(store.checksum(at, attributes))).orElse(null);
  }

  @Override
  public @Nullable Checksum digest(Location at, Attributes attributes, String algorithm)
      throws IOException {
    return read(store -> Optional.ofNullable(store.digest(at, attributes, algorithm))).orElse(null);
  }

  @Override
  public void delete(Location at, Attributes attributes) throws IOException {
    authenticated().delete(at, attributes);
  }

  @Override
  public void deleteFiles(Location directory, Iterator<RelativePath> files) throws IOException {
    authenticated().deleteFiles(directory, files);
  }

  @Override
  public List<Leftover> leftovers(Location at, Attributes.Kind kind, String tag)
      throws IOException {
    return authenticated().leftovers(at, kind, tag);
  }

  @Override
  public void discard(Leftover leftover) throws IOException {
    authenticated().discard(leftover);
  }
}
