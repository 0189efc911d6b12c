/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.http;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length, or until the server closes, whose failures say what was read. */
final class HttpRead extends InputStream {
  private final Location at;
  private final InputStream body;
  private final long lengthBytes;
  private long read;

  HttpRead(Location at, InputStream body, long lengthBytes) {
    this.at = at;
    this.body = body;
    this.lengthBytes = lengthBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = body.read(bytes, offset, length);
    } catch (IOException broken) {
      throw failure(broken);
    }
    if (count < 0 && lengthBytes >= 0 && read < lengthBytes) {
      throw failure(new EOFException(read + " of " + lengthBytes + " bytes arrived"));
    }
    read += Math.max(count, 0);
    return count;
  }

  private TransferException failure(IOException cause) {
    return HttpFailures.of("read", at, cause);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
