/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Content;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.multipart.CopyingStore;
import io.github.flytehadoop.store.multipart.Part;
import io.github.flytehadoop.store.multipart.PartedStore;
import io.github.flytehadoop.store.multipart.PartedWrite;
import io.github.flytehadoop.store.multipart.SentPart;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.FileSlice;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Moves one file, or one range of it. The same in every engine: read the version that was planned,
 * write, compare, publish. One worker serves many threads.
 */
public final class TransferWorker {
  private static final int BUFFER_BYTES = 256 << 10;

  private final TransferPlan plan;
  private final EngineContext context;
  private final Throttle throttle;
  private final StoreCopies copies = new StoreCopies();

  /** A worker for the items of one plan. */
  public TransferWorker(TransferPlan plan, EngineContext context, Throttle throttle) {
    this.plan = plan;
    this.context = context;
    this.throttle = throttle;
  }

  EngineContext context() {
    return context;
  }

  /** Moves a whole file in one stream. */
  Moved move(TransferItem item) throws IOException {
    Location source = Location.parse(item.source());
    Location target = Location.parse(item.target());
    Store from = context.stores().of(source);
    Store to = context.stores().of(target);
    Moved copied = copies.whole(item, from, to, options(item));
    if (copied != null) {
      context.progress().advanced(copied.bytes());
      return copied;
    }
    try (InputStream in = from.open(source, pinned(item), ByteRange.WHOLE);
        ObjectWrite out = to.write(target, options(item))) {
      Content sent = send(item, from, in, out);
      boolean digested = out.commit(sent) == Proof.CHECKSUM;
      return new Moved(sent.lengthBytes(), digested ? Verification.CHECKSUM : Verification.LENGTH)
          .with(sent.checksum())
          .as(out.version());
    }
  }

  /** A local file can be read again at no cost, so the target may read it by itself. */
  private Content send(TransferItem item, Store from, InputStream in, ObjectWrite out)
      throws IOException {
    Location source = Location.parse(item.source());
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
    return out.send(metered) ? new Content(item.lengthBytes(), null) : pump(item, in, out);
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
  public CopyingStore.Way wayOf(TransferItem item) throws IOException {
    Store from = context.stores().of(Location.parse(item.source()));
    Store to = context.stores().of(Location.parse(item.target()));
    return copies.wayOf(item, from, to, options(item));
  }

  /**
   * Whether a file is worth reading in ranges side by side: a large one of a store that finds each
   * position at once. A local file is one stream, whose parts the stores send several at a time.
   */
  boolean isReadInParts(TransferItem item, long leastBytes) throws IOException {
    Location source = Location.parse(item.source());
    return item.lengthBytes() >= leastBytes
        && !source.isLocal()
        && isTakenInParts(item)
        && context.stores().of(source).readsRanges(source, pinned(item));
  }

  private boolean isTakenInParts(TransferItem item) throws IOException {
    StoreTraits target = context.stores().of(Location.parse(item.target())).traits();
    return target.parallelWrite() != StoreTraits.ParallelWrites.NONE;
  }

  /** Whether workers can share a file: its store finds each position at once. */
  public boolean readsRanges(TransferItem item) throws IOException {
    Location source = Location.parse(item.source());
    return context.stores().of(source).readsRanges(source, pinned(item));
  }

  /** Starts a file in parts, unless one stream has to write it. */
  public Optional<PartedWrite> start(TransferItem item, FileSlice.How how) throws IOException {
    Location target = Location.parse(item.target());
    Store to = context.stores().of(target);
    if (how == FileSlice.How.COPIED) {
      Store from = context.stores().of(Location.parse(item.source()));
      return Optional.ofNullable(
          ((CopyingStore) to).startCopy(StoreCopies.original(item, from), target, options(item)));
    }
    return to instanceof PartedStore parted
        ? Optional.ofNullable(
            parted.startParts(target, options(item), context.limits().partSizeBytes()))
        : Optional.empty();
  }

  /** Moves one part of a file. */
  SentPart movePart(TransferItem item, FileSlice slice, Part part) throws IOException {
    Store to = context.stores().of(Location.parse(item.target()));
    if (slice.how() == FileSlice.How.COPIED) {
      Store from = context.stores().of(Location.parse(item.source()));
      SentPart copied =
          ((CopyingStore) to).copyPart(StoreCopies.original(item, from), slice.upload(), part);
      context.progress().advanced(part.lengthBytes());
      return copied;
    }
    PartPump pump = new PartPump(item, this, part.range());
    SentPart sent = ((PartedStore) to).sendPart(slice.upload(), part, pump);
    return sent.withCrc32c(pump.crc32c());
  }

  private Content pump(TransferItem item, InputStream in, ObjectWrite out) throws IOException {
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
    return new Content(moved, Checksum.crc32c(checksum.getValue()));
  }

  /** One byte more than the file has, so that a source that grew is seen to have grown. */
  private static int bufferBytes(long lengthBytes) {
    return lengthBytes < 0 ? BUFFER_BYTES : (int) Math.min(BUFFER_BYTES, lengthBytes + 1);
  }

  /** Moves one range of a file into a write that others fill too. */
  void moveRange(TransferItem item, ByteRange range, ParallelWrite out) throws IOException {
    Location source = Location.parse(item.source());
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
      boolean local = Location.parse(item.source()).isLocal();
      throw new TransferException(
          local || moved > planned ? FailureKind.SOURCE_CHANGED : FailureKind.NETWORK,
          item.source(),
          "Cannot read "
              + item.source()
              + ": it was listed with "
              + planned
              + " bytes and gave "
              + moved
              + ". Run it again once nobody writes to it.",
          null);
    }
  }

  WriteOptions options(TransferItem item) {
    return new WriteOptions(
        item.lengthBytes(),
        plan.metadata(),
        plan.onExisting() == OnExisting.FAIL
            ? WriteOptions.Existing.REFUSE
            : WriteOptions.Existing.REPLACE,
        writer(item),
        plan.tag());
  }

  /** The same for every attempt at this version of the file in this job, on whatever machine. */
  private String writer(TransferItem item) {
    String version =
        String.join(
            "\n",
            plan.jobId(),
            item.source(),
            item.target(),
            item.lengthBytes() + " " + item.modifiedMillis() + " " + item.etag());
    return UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The version of the source that was planned. */
  public static Attributes pinned(TransferItem item) {
    return new Attributes(
        Attributes.Kind.FILE,
        item.lengthBytes(),
        Instant.ofEpochMilli(item.modifiedMillis()),
        item.etag(),
        null);
  }
}
