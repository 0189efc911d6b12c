/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.RereadableSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A planned file as a source: whoever reads it pays into the progress and the bandwidth, ends with
 * a cancellation, and is told when there are not as many bytes as were planned.
 */
final class MeteredSource implements RereadableSource {
  /** Reads one range of the planned version. */
  interface Opening {
    InputStream open(ByteRange range) throws IOException;
  }

  /** What is done for bytes that were read. */
  interface Meter {
    /**
     * Counts and checks.
     *
     * @param read how many bytes
     * @param further how many of them for the first time: a repeated request is no progress
     */
    void read(int read, int further) throws IOException;

    /** Refuses a range that has another length than planned. */
    void requireLength(long planned, long moved) throws IOException;
  }

  private final long lengthBytes;
  private final Opening opening;
  private final Meter meter;
  private final Map<Long, AtomicLong> reached = new ConcurrentHashMap<>();

  MeteredSource(long lengthBytes, Opening opening, Meter meter) {
    this.lengthBytes = lengthBytes;
    this.opening = opening;
    this.meter = meter;
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public InputStream open(ByteRange range) throws IOException {
    AtomicLong furthest = reached.computeIfAbsent(range.offset(), offset -> new AtomicLong());
    InputStream in = opening.open(range);
    try {
      if (range.lengthBytes() == 0) {
        requireEnd(in, range);
      }
      return new Metered(in, range, furthest);
    } catch (IOException failure) {
      in.close();
      throw failure;
    }
  }

  /** A file that grew has more. */
  private void requireEnd(InputStream in, ByteRange range) throws IOException {
    boolean last = range.offset() + range.lengthBytes() == lengthBytes;
    if (last && in.read() >= 0) {
      meter.requireLength(range.lengthBytes(), range.lengthBytes() + 1);
    }
  }

  private final class Metered extends FilterInputStream {
    private final ByteRange range;
    private final AtomicLong furthest;
    private long moved;

    Metered(InputStream in, ByteRange range, AtomicLong furthest) {
      super(in);
      this.range = range;
      this.furthest = furthest;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long left = range.lengthBytes() - moved;
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      if (read < 0) {
        meter.requireLength(range.lengthBytes(), moved);
        return read;
      }
      moved += read;
      long before = furthest.getAndAccumulate(moved, Math::max);
      meter.read(read, (int) Math.max(0, moved - before));
      if (moved == range.lengthBytes()) {
        requireEnd(in, range);
      }
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
