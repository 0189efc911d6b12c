/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.work;

import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.multipart.PartSource;
import io.github.flytehadoop.transfer.TransferItem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * The bytes of one part of the version that was planned, on their way from the source: counted,
 * throttled, digested, and ended by a cancellation.
 */
final class PartPump implements PartSource {
  private final TransferItem item;
  private final TransferWorker worker;
  private final ByteRange range;
  private final CRC32C crc = new CRC32C();

  PartPump(TransferItem item, TransferWorker worker, ByteRange range) {
    this.item = item;
    this.worker = worker;
    this.range = range;
  }

  /** Of the bytes that were read since the source was opened last. */
  long crc32c() {
    return crc.getValue();
  }

  @Override
  public InputStream open() throws IOException {
    crc.reset();
    Location source = item.sourceLocation();
    return new Pumped(
        worker.context().stores().of(source).open(source, TransferWorker.pinned(item), range));
  }

  private final class Pumped extends FilterInputStream {
    private long read;

    Pumped(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      worker.context().cancellation().check(item.target());
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        TransferWorker.requireLength(item, range.lengthBytes(), read);
        return count;
      }
      read += count;
      crc.update(bytes, offset, count);
      worker.advance(item, count);
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
