/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.TransferException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose store may refuse only when the first byte is asked for: opening a listed object
 * costs no request, so that is where a missing permission shows.
 */
final class FirstReadFallback extends FilterInputStream {
  /** Opens the same bytes in another way, or throws the refusal. */
  interface Reopening {
    InputStream after(TransferException refused) throws IOException;
  }

  private final Reopening reopening;
  private boolean settled;

  FirstReadFallback(InputStream first, Reopening reopening) {
    super(first);
    this.reopening = reopening;
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
      if (settled || !AnonymousFallback.isTrigger(refused)) {
        throw refused;
      }
      settled = true;
      in.close();
      in = reopening.after(refused);
      return in.read(bytes, offset, length);
    }
  }
}
