/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.error.DataNotFoundException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Listing;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.ParallelWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.Store;
import io.github.flytehadoop.store.StoreTraits;
import io.github.flytehadoop.store.Stores;
import io.github.flytehadoop.store.StoresHandle;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.transfer.Cancellation;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.OnExisting;
import io.github.flytehadoop.transfer.ProgressListener;
import io.github.flytehadoop.transfer.TransferItem;
import io.github.flytehadoop.transfer.TransferLimits;
import io.github.flytehadoop.transfer.TransferPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store of zeros that counts what is open at once and does what a test tells it when a file is
 * read. Its files are named {@code hdfs://scripted/NAME}; what was committed is remembered.
 */
final class ScriptedStore implements Store, Stores {
  /** What happens when a part of a file is about to be read. */
  interface Script {
    void reading(String name, long offset) throws IOException;
  }

  private static final int SLICE = 64 << 10;

  final Map<String, Long> committed = new ConcurrentSkipListMap<>();
  final Set<String> uncommitted = ConcurrentHashMap.newKeySet();
  final List<String> openedInOrder = new ArrayList<>();
  final AtomicInteger mostStreams = new AtomicInteger();
  final AtomicInteger mostFiles = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger files = new AtomicInteger();
  volatile long writeBufferBytes = 8L << 20;
  private volatile Script script = (name, offset) -> {};

  static String location(String name) {
    return "hdfs://scripted/" + name;
  }

  /** A plan that copies files of these lengths, named after their positions. */
  static TransferPlan plan(long... lengths) {
    List<TransferItem> items = new ArrayList<>();
    for (long length : lengths) {
      String name = "f" + items.size();
      items.add(
          new TransferItem(
              items.size(), location("from/" + name), location("to/" + name), length, 0, null));
    }
    return new TransferPlan("job-test", items, List.of(), Map.of(), OnExisting.OVERWRITE);
  }

  EngineContext context(TransferLimits limits) {
    return new EngineContext(this, limits, new ProgressListener() {}, new Cancellation());
  }

  void onRead(Script what) {
    script = what;
  }

  int openFiles() {
    return files.get();
  }

  int openStreams() {
    return streams.get();
  }

  @Override
  public Store of(Location location) {
    return this;
  }

  @Override
  public StoresHandle ship(Collection<Location> locations) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Long> requests() {
    return Map.of();
  }

  @Override
  public StoreTraits traits() {
    return new StoreTraits(
        StoreTraits.Tree.DIRECTORIES,
        StoreTraits.Metadata.NONE,
        StoreTraits.ParallelWrites.POSITIONED,
        StoreTraits.Checksums.NONE);
  }

  @Override
  public long writeBufferBytes(long lengthBytes, Sending sending) {
    return writeBufferBytes;
  }

  private static void max(AtomicInteger most, int now) {
    most.accumulateAndGet(now, Math::max);
  }

  @Override
  public InputStream open(Location at, Attributes attributes, ByteRange range) {
    String name = at.name();
    synchronized (openedInOrder) {
      openedInOrder.add(name);
    }
    max(mostStreams, streams.incrementAndGet());
    long length = range.lengthBytes() < 0 ? attributes.lengthBytes() : range.lengthBytes();
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] bytes, int offset, int wanted) throws IOException {
        script.reading(name, range.offset() + length - left);
        int read = (int) Math.min(left, Math.min(wanted, SLICE));
        left -= read;
        return read == 0 ? -1 : read;
      }

      @Override
      public void close() {
        streams.decrementAndGet();
      }
    };
  }

  @Override
  public ObjectWrite write(Location at, WriteOptions options) {
    String name = at.name();
    begin(name);
    return new ObjectWrite() {
      private long written;

      @Override
      protected Proof verify(SentContent sent) {
        return Proof.LENGTH;
      }

      @Override
      protected void publish() {
        committed.put(name, written);
        end(name);
      }

      @Override
      protected void discard() {
        end(name);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        written += length;
      }
    };
  }

  private void begin(String name) {
    uncommitted.add(name);
    max(mostFiles, files.incrementAndGet());
  }

  private void end(String name) {
    uncommitted.remove(name);
    files.decrementAndGet();
  }

  @Override
  public ParallelWrite writeParallel(Location at, WriteOptions options) {
    String name = at.name();
    begin(name);
    return new ParallelWrite() {
      private boolean finished;

      @Override
      public void writeAt(long offset, ByteBuffer bytes) {
        bytes.position(bytes.limit());
      }

      @Override
      public synchronized void commit() {
        committed.put(name, options.lengthBytes());
        close();
      }

      @Override
      public synchronized void close() {
        if (!finished) {
          finished = true;
          end(name);
        }
      }
    };
  }

  @Override
  public Attributes stat(Location at) throws IOException {
    throw new DataNotFoundException(at.text(), "Cannot find " + at + ".", null);
  }

  @Override
  public Listing children(Location directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listing tree(Location directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void makeDirectory(Location directory) {}

  @Override
  public Map<String, String> metadata(Location at) {
    return Map.of();
  }

  @Override
  public Checksum checksum(Location at, Attributes attributes) {
    return null;
  }

  @Override
  public void delete(Location at, Attributes attributes) {
    throw new UnsupportedOperationException();
  }
}
