/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Characters as bytes, with one encoder from the first to the last: a byte order mark comes once,
 * and a surrogate pair may span two reads. What the charset cannot hold is an error, never a
 * question mark.
 */
final class EncodedReader extends InputStream {
  private final Reader reader;
  private final CharsetEncoder encoder;
  private final CharBuffer characters = CharBuffer.allocate(1 << 13).flip();
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 15).flip();
  private boolean ended;
  private boolean flushed;

  EncodedReader(Reader reader, Charset charset) {
    this.reader = reader;
    this.encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count;
    do {
      count = read(one, 0, 1);
    } while (count == 0 && !Thread.currentThread().isInterrupted());
    return count <= 0 ? -1 : one[0] & 0xff;
  }

  /** Returns 0 when the reader did: the caller decides how often that is too often (B54). */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!bytes.hasRemaining()) {
      if (flushed) {
        return -1;
      }
      if (!encodeMore()) {
        return 0;
      }
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  private boolean encodeMore() throws IOException {
    if (!ended) {
      characters.compact();
      int read = reader.read(characters);
      characters.flip();
      if (read == 0) {
        return false;
      }
      ended = read < 0;
    }
    bytes.clear();
    CoderResult result = encoder.encode(characters, bytes, ended);
    if (result.isError()) {
      result.throwException();
    }
    if (ended && result.isUnderflow()) {
      flushed = encoder.flush(bytes).isUnderflow();
    }
    bytes.flip();
    return true;
  }
}
