/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.store.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one version of an object: one answer for a range that is read in one go, and another
 * from where it stopped. Seekable within the whole object; the range ends where it was asked to.
 * Belongs to one thread.
 */
public abstract class RangeInputStream extends FSInputStream {
  /** What is cheaper to read than a new connection. */
  private static final long DRAINED_BYTES = 64 << 10;

  private final long lengthBytes;
  private final long end;
  private long position;
  private boolean closed;

  /**
   * A range of an object whose length is known.
   *
   * @param end behind its last byte; what is behind the end of the object is cut off
   */
  protected RangeInputStream(long lengthBytes, long position, long end) {
    this.lengthBytes = lengthBytes;
    this.position = position;
    this.end = Math.min(lengthBytes, end);
  }

  /** Where a range of an object ends. */
  protected static long endOf(ByteRange range) {
    return range.lengthBytes() < 0 ? Long.MAX_VALUE : range.offset() + range.lengthBytes();
  }

  /** The first byte that was not read. */
  protected final long position() {
    return position;
  }

  /** Behind the last byte of the range. */
  protected final long end() {
    return end;
  }

  /**
   * Reads at least one byte at the position.
   *
   * @param most more than 0, and no more than is left of the range
   */
  protected abstract int receive(byte[] bytes, int offset, int most) throws IOException;

  /** The rest of the answer that is open, or null. */
  protected abstract @Nullable InputStream answer();

  /** Takes the connection of an answer back whose end was read. */
  protected abstract void finish(InputStream answer) throws IOException;

  /** Gives up the answer that is open, if there is one. */
  protected abstract void abandon();

  /** The failure of an answer that ended too early. */
  protected final EOFException endedEarly() {
    return new EOFException("the answer ended " + (end - position) + " bytes before its end");
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (position >= end || length == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = receive(bytes, offset, (int) Math.min(length, end - position));
    position += count;
    return count;
  }

  @Override
  public final void seek(long target) throws IOException {
    if (target < 0 || target > lengthBytes) {
      throw Problem.cannot("seek to " + target)
          .because("it has " + lengthBytes + " bytes")
          .made(EOFException::new);
    }
    if (target != position && !readOver(target - position)) {
      if (!holds(target)) {
        leave();
      }
      position = target;
    }
  }

  /** Whether reading goes on elsewhere without another answer. */
  protected boolean holds(long target) {
    return false;
  }

  /** A short way ahead is read over. */
  private boolean readOver(long bytes) {
    InputStream open = answer();
    if (open == null || bytes < 0 || bytes > DRAINED_BYTES || position + bytes > end) {
      return false;
    }
    try {
      open.skipNBytes(bytes);
      position += bytes;
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /** Reads a short rest, so that the connection can be used again; gives up a long one. */
  private void leave() {
    InputStream open = answer();
    if (open != null && end - position <= DRAINED_BYTES) {
      try {
        open.skipNBytes(end - position);
        finish(open);
        return;
      } catch (IOException | RuntimeException broken) {
        // then it is given up
      }
    }
    abandon();
  }

  @Override
  public final long getPos() {
    return position;
  }

  @Override
  public final boolean seekToNewSource(long target) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
    leave();
  }
}
