/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Source;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.s3a.impl.UploadContentProviders.BaseContentProvider;
import org.jspecify.annotations.Nullable;

/**
 * A range of a source as the body of a request: read while it is sent, and anew when the request is
 * repeated. A source that fails ends the request for good, as no repetition can help.
 */
final class S3Body extends BaseContentProvider<InputStream> {
  /** The client reads in small pieces. */
  private static final int BUFFER_BYTES = 128 << 10;

  private final Source source;
  private final ByteRange range;
  private volatile @Nullable IOException failure;

  S3Body(Source source, ByteRange range) {
    super(range.lengthBytes());
    this.source = source;
    this.range = range;
  }

  @Override
  protected InputStream createNewStream() {
    try {
      int bytes = (int) Math.max(1, Math.min(BUFFER_BYTES, range.lengthBytes()));
      return new BufferedInputStream(new Watched(source.open(range)), bytes);
    } catch (IOException problem) {
      throw failed(problem);
    }
  }

  /** Why the source could not be read, or null when that was not the problem. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Not an {@link IOException}, which clients take for one of the network and repeat. */
  private UncheckedIOException failed(IOException problem) {
    failure = problem;
    return new UncheckedIOException(problem);
  }

  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException problem) {
        throw failed(problem);
      }
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
