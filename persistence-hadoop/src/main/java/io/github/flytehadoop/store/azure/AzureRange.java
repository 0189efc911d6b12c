/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ByteRange;
import java.io.IOException;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.azurebfs.constants.FSOperationType;

/**
 * One range of one version of a blob, in as few and as large requests as there are buffers. ABFS's
 * own stream reads ahead of every position, and so far beyond the end of a range.
 */
final class AzureRange extends FSInputStream {
  private static final int MOST_BYTES = 4 << 20;

  private final AzureRequests requests;
  private final Path path;
  private final String etag;
  private final long end;
  private final byte[] buffer;
  private long position;
  private long bufferStart;
  private int buffered;

  AzureRange(
      AzureRequests requests, Path path, Attributes attributes, String etag, ByteRange range) {
    this.requests = requests;
    this.path = path;
    this.etag = etag;
    this.position = range.offset();
    this.end = Math.min(attributes.lengthBytes(), range.offset() + range.lengthBytes());
    this.buffer = new byte[(int) Math.max(0, Math.min(MOST_BYTES, end - range.offset()))];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0 || position >= end) {
      return length == 0 ? 0 : -1;
    }
    if (position < bufferStart || position >= bufferStart + buffered) {
      fill();
    }
    int from = (int) (position - bufferStart);
    int count = Math.min(length, buffered - from);
    System.arraycopy(buffer, from, bytes, offset, count);
    position += count;
    return count;
  }

  private void fill() throws IOException {
    int wanted = (int) Math.min(buffer.length, end - position);
    buffered = 0;
    bufferStart = position;
    long received =
        requests
            .client()
            .read(
                path.toUri().getPath(),
                position,
                buffer,
                0,
                wanted,
                etag,
                null,
                null,
                requests.tracing(FSOperationType.READ))
            .getResult()
            .getBytesReceived();
    if (received != wanted) {
      throw new IOException(wanted + " bytes were asked for and " + received + " came");
    }
    buffered = wanted;
  }

  @Override
  public void seek(long target) {
    position = target;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public boolean seekToNewSource(long target) {
    return false;
  }
}
