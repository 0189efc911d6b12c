/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.registry;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Seekable;

/**
 * A stream whose store may refuse only when the first byte is asked for: opening a listed object
 * costs no request, so that is where a missing permission shows. Seekable, as the streams of all
 * stores that can be read without credentials are.
 */
final class FallbackInputStream extends FilterInputStream implements Seekable {
  /** Opens a stream, perhaps without having asked the store for anything. */
  interface Opening {
    InputStream open() throws IOException;
  }

  /** The same bytes in another way. */
  interface Second extends Opening {
    /** It gave bytes. */
    void worked();

    /** What to throw when it was refused too. */
    TransferException both(TransferException refused, TransferException alsoRefused);
  }

  private final Second second;
  private boolean settled;

  private FallbackInputStream(InputStream first, Second second) {
    super(first);
    this.second = second;
  }

  static InputStream open(Opening first, Second second) throws IOException {
    try {
      return new FallbackInputStream(first.open(), second);
    } catch (TransferException refused) {
      if (!Refusals.isTrigger(refused)) {
        throw refused;
      }
      FallbackInputStream opened = new FallbackInputStream(InputStream.nullInputStream(), second);
      opened.settled = true;
      opened.reopen(refused, 0);
      return opened;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int count = in.read(bytes, offset, length);
      settled = true;
      return count;
    } catch (TransferException refused) {
      if (settled || !Refusals.isTrigger(refused)) {
        throw refused;
      }
      settled = true;
      reopen(refused, getPos());
      try {
        int count = in.read(bytes, offset, length);
        second.worked();
        return count;
      } catch (TransferException alsoRefused) {
        throw second.both(refused, alsoRefused);
      }
    }
  }

  private void reopen(TransferException refused, long position) throws IOException {
    try {
      in.close();
      in = second.open();
      if (getPos() != position) { // a stream that has been moved compares no digest (F100)
        seek(position);
      }
    } catch (TransferException alsoRefused) {
      throw second.both(refused, alsoRefused);
    }
  }

  @Override
  public void seek(long position) throws IOException {
    seekable().seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return seekable().getPos();
  }

  @Override
  public boolean seekToNewSource(long position) throws IOException {
    return seekable().seekToNewSource(position);
  }

  private Seekable seekable() throws IOException {
    if (in instanceof Seekable seekable) {
      return seekable;
    }
    throw Problem.cannot("seek").because("the store's stream does not").made(IOException::new);
  }
}
