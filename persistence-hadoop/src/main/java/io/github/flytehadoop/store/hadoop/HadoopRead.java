/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Seekable;
import org.jspecify.annotations.Nullable;

/** A range of a Hadoop stream, whose failures are classified. Seekable within the whole file. */
public final class HadoopRead extends InputStream implements Seekable {
  private final FSDataInputStream stream;
  private final long end;
  private final Function<Throwable, TransferException> classify;
  private @Nullable FinalCheck check;
  private boolean atEnd;

  private HadoopRead(
      FSDataInputStream stream,
      long end,
      @Nullable FinalCheck check,
      Function<Throwable, TransferException> classify) {
    this.stream = stream;
    this.end = end;
    this.check = check;
    this.classify = classify;
  }

  static HadoopRead of(
      FSDataInputStream stream,
      ByteRange range,
      long lengthBytes,
      @Nullable FinalCheck check,
      Function<Throwable, TransferException> classify)
      throws IOException {
    long end = range.lengthBytes() < 0 ? Long.MAX_VALUE : range.offset() + range.lengthBytes();
    HadoopRead opened = new HadoopRead(stream, end, check, classify);
    if (range.offset() > 0) {
      try {
        stream.seek(range.offset());
      } catch (IOException | RuntimeException failure) {
        if (range.offset() == lengthBytes) { // some streams know no position at their end
          opened.atEnd = true;
          return opened;
        }
        opened.close();
        throw failure;
      }
    }
    return opened;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (atEnd) {
        settle(-1);
        return length == 0 ? 0 : -1;
      }
      long left = end - stream.getPos();
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = stream.read(bytes, offset, (int) Math.min(length, left));
      settle(count);
      return count;
    } catch (IOException | RuntimeException failure) {
      throw classify.apply(failure);
    }
  }

  /** Before the last bytes are handed out, the source must still be what it was. */
  private void settle(int count) throws IOException {
    FinalCheck currentCheck = check;
    if (currentCheck != null
        && (count < 0 || stream.getPos() >= Math.min(end, currentCheck.lengthBytes()))) {
      check = null;
      currentCheck.question().ask();
    }
  }

  @Override
  public void seek(long position) throws IOException {
    try {
      stream.seek(position);
    } catch (IOException | RuntimeException failure) {
      throw classify.apply(failure);
    }
  }

  @Override
  public long getPos() throws IOException {
    return stream.getPos();
  }

  @Override
  public boolean seekToNewSource(long position) throws IOException {
    return stream.seekToNewSource(position);
  }

  @Override
  public void close() throws IOException {
    try {
      stream.close();
    } catch (IOException | RuntimeException failure) {
      throw classify.apply(failure);
    }
  }
}
