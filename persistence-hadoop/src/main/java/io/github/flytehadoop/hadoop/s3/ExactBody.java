/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A body of the length that its request states. One that is shorter ends the request for good: some
 * servers would store what they got.
 *
 * @param body opened anew for each reading
 * @param lengthBytes as in the request
 * @param checksum what is sent behind the bytes, for the store to compare; null for nothing
 */
record ExactBody(ContentStreamProvider body, long lengthBytes, @Nullable ChecksumAlgorithm checksum)
    implements ContentStreamProvider {
  @Override
  public InputStream newStream() {
    return new Exact(body.newStream(), lengthBytes);
  }

  private static final class Exact extends FilterInputStream {
    private long left;

    Exact(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      if (count < 0) {
        // not a failure of the network, which would be tried again
        throw new UncheckedIOException(
            new EOFException("the source ended " + left + " bytes early"));
      }
      left -= count;
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
