/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3.request;

import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.RereadableSource;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A range of a source as the body of a request: read while it is sent, and anew when the request is
 * repeated. A source that fails, or ends before its range does, ends the request for good: no
 * repetition can help, and some servers would store what they got.
 */
public final class S3RequestBody implements ContentStreamProvider, Closeable {
  /** The client reads in small pieces. */
  private static final int BUFFER_BYTES = 128 << 10;

  private final RereadableSource source;
  private final ByteRange range;
  private volatile @Nullable IOException failure;
  private @Nullable InputStream open;

  /** A range of a source. */
  public S3RequestBody(RereadableSource source, ByteRange range) {
    this.source = source;
    this.range = range;
  }

  /** How many bytes the request states. */
  public long lengthBytes() {
    return range.lengthBytes();
  }

  @Override
  public synchronized InputStream newStream() {
    close();
    try {
      int bytes = (int) Math.max(1, Math.min(BUFFER_BYTES, range.lengthBytes()));
      InputStream opened = new BufferedInputStream(new Watched(source.open(range)), bytes);
      open = opened;
      return opened;
    } catch (IOException problem) {
      throw failed(problem);
    }
  }

  /** Reads all of it into memory. */
  public byte[] readAll() throws IOException {
    try (InputStream in = newStream()) {
      return in.readNBytes(Math.toIntExact(range.lengthBytes()));
    }
  }

  /** Why the source could not be read, or null when that was not the problem. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** Throws the failure of the source, where there is one: it is the reason. */
  public void refuseFailed() throws IOException {
    IOException ofSource = failure;
    if (ofSource != null) {
      throw ofSource;
    }
  }

  /** Not an {@link IOException}, which clients take for one of the network and repeat. */
  private UncheckedIOException failed(IOException problem) {
    failure = problem;
    return new UncheckedIOException(problem);
  }

  /** Closes what the last request has read; harmless when repeated. */
  @Override
  public synchronized void close() {
    InputStream last = open;
    open = null;
    if (last != null) {
      try {
        last.close();
      } catch (IOException problem) {
        // its bytes have been read
      }
    }
  }

  private final class Watched extends FilterInputStream {
    private long left = range.lengthBytes();

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
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      try {
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
          throw new EOFException("the source ended " + left + " bytes early");
        }
        left -= count;
        return count;
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
