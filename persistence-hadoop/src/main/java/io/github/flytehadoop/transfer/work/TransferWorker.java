/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.MultipartStore;
import io.github.flytehadoop.store.multipart.MultipartWrite;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.ServerSideCopy;
import io.github.flytehadoop.store.multipart.UploadedPart;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.FileSlice;
import io.github.flytehadoop.transfer.Route;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Moves one file, or one range of it. The same in every engine: read the version that was planned,
 * write, compare, publish. One worker serves many threads.
 */
public final class TransferWorker {
  private static final int BUFFER_BYTES = 256 << 10;

  private final EngineContext context;
  private final BandwidthLimit throttle;
  private final ItemOptions options;
  private final ServerSideCopies copies = new ServerSideCopies();

  /** A worker for the items of one plan. */
  public TransferWorker(TransferPlan plan, EngineContext context, BandwidthLimit throttle) {
    this.context = context;
    this.throttle = throttle;
    this.options = new ItemOptions(plan, context.stores());
  }

  /** How a file is written, which may have to be asked of its source. */
  WriteOptions options(TransferItem item) throws IOException {
    return options.of(item);
  }

  EngineContext context() {
    return context;
  }

  /** Moves a whole file in one stream. */
  MoveResult move(TransferItem item) throws IOException {
    Location source = item.sourceLocation();
    Location target = item.targetLocation();
    Store from = context.stores().of(source);
    Store to = context.stores().of(target);
    WriteOptions options = options(item);
    MoveResult copied = copies.whole(item, from, to, options);
    if (copied != null) {
      context.progress().advanced(copied.bytes());
      return copied;
    }
    try (InputStream in = from.open(source, pinned(item), ByteRange.WHOLE);
        ObjectWrite out = to.write(target, options)) {
      SentContent sent = send(item, from, in, out);
      Verification verification = MoveResult.verification(out.commit(sent));
      return new MoveResult(sent.lengthBytes(), verification)
          .with(sent.checksum())
          .as(out.version());
    }
  }

  /** A local file can be read again at no cost, so the target may read it by itself. */
  private SentContent send(TransferItem item, Store from, InputStream in, ObjectWrite out)
      throws IOException {
    Location source = item.sourceLocation();
    if (!source.isLocal() || item.lengthBytes() < 0) {
      return pump(item, in, out);
    }
    AtomicReference<@Nullable InputStream> opened = new AtomicReference<>(in);
    MeteredSource metered =
        new MeteredSource(
            item.lengthBytes(),
            range -> {
              boolean whole = range.lengthBytes() == item.lengthBytes();
              InputStream first = whole ? opened.getAndSet(null) : null;
              return first == null ? from.open(source, pinned(item), range) : first;
            },
            new ItemMeter(item));
    return out.send(metered) ? new SentContent(item.lengthBytes(), null) : pump(item, in, out);
  }

  private final class ItemMeter implements MeteredSource.Meter {
    private final TransferItem item;

    ItemMeter(TransferItem item) {
      this.item = item;
    }

    @Override
    public void read(int read, int further) throws IOException {
      context.cancellation().check(item.target());
      context.progress().advanced(further);
      await(item, read);
    }

    @Override
    public void requireLength(long planned, long moved) throws IOException {
      TransferWorker.requireLength(item, planned, moved);
    }
  }

  /** How a store can copy the file itself. */
  public ServerSideCopy.CopyMode copyMode(TransferItem item) throws IOException {
    Store from = context.stores().of(item.sourceLocation());
    Store to = context.stores().of(item.targetLocation());
    return copies.copyMode(item, from, to, options.withoutMode(item));
  }

  /**
   * Whether a file is worth reading in ranges side by side: a large one of a store that finds each
   * position at once. A local file is one stream, whose parts the stores send several at a time.
   */
  boolean isReadInParts(TransferItem item, long leastBytes) throws IOException {
    Location source = item.sourceLocation();
    return item.lengthBytes() >= leastBytes
        && !source.isLocal()
        && isTakenInParts(item)
        && context.stores().of(source).readsRanges(source, pinned(item));
  }

  private boolean isTakenInParts(TransferItem item) throws IOException {
    StoreTraits target = context.stores().of(item.targetLocation()).traits();
    return target.parallelWrite() != StoreTraits.ParallelWrites.NONE;
  }

  /** Whether workers can share a file: its store finds each position at once. */
  public boolean readsRanges(TransferItem item) throws IOException {
    Location source = item.sourceLocation();
    return context.stores().of(source).readsRanges(source, pinned(item));
  }

  /** Starts a file in parts, unless one stream has to write it. */
  public Optional<MultipartWrite> start(TransferItem item, Route route) throws IOException {
    Location target = item.targetLocation();
    Store to = context.stores().of(target);
    if (route == Route.STORE) {
      Store from = context.stores().of(item.sourceLocation());
      return Optional.ofNullable(
          ((ServerSideCopy) to)
              .startCopy(ServerSideCopies.original(item, from), target, options(item)));
    }
    return to instanceof MultipartStore parted
        ? Optional.ofNullable(
            parted.startParts(target, options(item), context.limits().partSizeBytes()))
        : Optional.empty();
  }

  /** Moves one part of a file. */
  UploadedPart movePart(TransferItem item, FileSlice slice, Part part) throws IOException {
    Store to = context.stores().of(item.targetLocation());
    if (slice.route() == Route.STORE) {
      Store from = context.stores().of(item.sourceLocation());
      UploadedPart copied =
          ((ServerSideCopy) to)
              .copyPart(ServerSideCopies.original(item, from), slice.upload(), part);
      context.progress().advanced(part.lengthBytes());
      return copied;
    }
    PartPump pump = new PartPump(item, this, part.range());
    UploadedPart sent = ((MultipartStore) to).sendPart(slice.upload(), part, pump);
    return sent.withCrc32c(pump.crc32c());
  }

  private SentContent pump(TransferItem item, InputStream in, ObjectWrite out) throws IOException {
    byte[] buffer = new byte[bufferBytes(item.lengthBytes())];
    CRC32C checksum = new CRC32C();
    long moved = 0;
    for (int read; (read = in.read(buffer)) >= 0; moved += read) {
      context.cancellation().check(item.target());
      checksum.update(buffer, 0, read);
      out.write(buffer, 0, read);
      advance(item, read);
    }
    requireLength(item, item.lengthBytes(), moved);
    return new SentContent(moved, Checksum.crc32c(checksum.getValue()));
  }

  /** One byte more than the file has, so that a source that grew is seen to have grown. */
  private static int bufferBytes(long lengthBytes) {
    return lengthBytes < 0 ? BUFFER_BYTES : (int) Math.min(BUFFER_BYTES, lengthBytes + 1);
  }

  /** Moves one range of a file into a write that others fill too. */
  void moveRange(TransferItem item, ByteRange range, ParallelWrite out) throws IOException {
    Location source = item.sourceLocation();
    Store from = context.stores().of(source);
    try (InputStream in = from.open(source, pinned(item), range)) {
      byte[] buffer = new byte[bufferBytes(range.lengthBytes())];
      long moved = 0;
      for (int read; (read = in.read(buffer)) >= 0; moved += read) {
        context.cancellation().check(item.target());
        out.writeAt(range.offset() + moved, ByteBuffer.wrap(buffer, 0, read));
        advance(item, read);
      }
      requireLength(item, range.lengthBytes(), moved);
    }
  }

  void advance(TransferItem item, int bytes) throws TransferException {
    context.progress().advanced(bytes);
    await(item, bytes);
  }

  private void await(TransferItem item, int bytes) throws TransferException {
    try {
      throttle.take(bytes);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Cancellation.cancelled(item.target(), interrupted);
    }
  }

  static void requireLength(TransferItem item, long planned, long moved) throws TransferException {
    if (planned >= 0 && planned != moved) {
      boolean local = item.sourceLocation().isLocal();
      throw Problem.cannot("read", item.source())
          .because("it was listed with " + planned + " bytes and gave " + moved)
          .remedy("Run it again once nobody writes to it.")
          .kind(local || moved > planned ? FailureKind.SOURCE_CHANGED : FailureKind.NETWORK)
          .exception();
    }
  }

  /** The version of the source that was planned. */
  public static Attributes pinned(TransferItem item) {
    return new Attributes(
        Attributes.Kind.FILE,
        item.lengthBytes(),
        Instant.ofEpochMilli(item.modifiedMillis()),
        item.etag(),
        null,
        item.fileId());
  }
}
