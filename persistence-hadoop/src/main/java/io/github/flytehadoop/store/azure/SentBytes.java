/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.azure;

import com.azure.core.util.BinaryData;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of one request, sent a few at a time from the array they are in. They are let go when
 * the request is over, whatever the client keeps of it.
 */
final class SentBytes extends InputStream {
  private final int length;
  private ByteBuffer bytes;
  private int marked;

  SentBytes(ByteBuffer body) {
    this.bytes = body.slice();
    this.length = bytes.remaining();
  }

  /** The bytes as a body that can be sent again. */
  BinaryData data() {
    return BinaryData.fromStream(this, (long) length);
  }

  @Override
  public int read() {
    return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int most) {
    if (most == 0 || !bytes.hasRemaining()) {
      return most == 0 ? 0 : -1;
    }
    int count = Math.min(most, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int limit) {
    marked = bytes.position();
  }

  @Override
  public synchronized void reset() {
    bytes.position(marked);
  }

  @Override
  public void close() {
    bytes = ByteBuffer.allocate(0);
    marked = 0;
  }
}
