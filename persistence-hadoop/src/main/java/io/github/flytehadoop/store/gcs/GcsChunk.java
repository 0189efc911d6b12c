/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.client.http.AbstractInputStreamContent;
import com.google.api.client.http.HttpContent;
import io.github.flytehadoop.hadoop.gcs.GcsConnection;
import io.github.flytehadoop.hadoop.gcs.GcsSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Bytes that are held until the store has them. Memory is taken as they come, never more than they
 * need by a piece.
 */
final class GcsChunk implements GcsSession.Body {
  private static final int PIECE = 256 << 10;

  private final List<byte[]> pieces = new ArrayList<>();
  private final int mostBytes;
  private long start;
  private int length;

  GcsChunk(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Where in the file it begins. */
  long start() {
    return start;
  }

  /** Behind its last byte, in the file. */
  long end() {
    return start + length;
  }

  boolean isFull() {
    return length == mostBytes;
  }

  /** Takes what fits; says how many bytes that were. */
  int add(byte[] bytes, int offset, int most) {
    int taken = Math.min(most, mostBytes - length);
    int done = 0;
    while (done < taken) {
      int within = length % PIECE;
      if (length / PIECE == pieces.size()) {
        pieces.add(new byte[Math.min(PIECE, mostBytes - length)]);
      }
      byte[] piece = pieces.get(length / PIECE);
      int count = Math.min(taken - done, piece.length - within);
      System.arraycopy(bytes, offset + done, piece, within, count);
      length += count;
      done += count;
    }
    return taken;
  }

  /** Begins anew behind what was held. */
  void next() {
    start += length;
    length = 0;
  }

  /** Lets go of everything. */
  void clear() {
    pieces.clear();
    length = 0;
  }

  @Override
  public HttpContent from(long offset) {
    return content(null, (int) (offset - start));
  }

  /** All of it, as the body of one request. */
  AbstractInputStreamContent whole(String type) {
    return content(type, 0);
  }

  private AbstractInputStreamContent content(
      @org.jspecify.annotations.Nullable String type, int from) {
    return new AbstractInputStreamContent(type) {
      @Override
      public InputStream getInputStream() {
        return stream(from);
      }

      @Override
      public long getLength() {
        return (long) length - from;
      }

      @Override
      public boolean retrySupported() {
        return true;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        for (int at = from; at < length; ) {
          GcsConnection.requireUninterrupted();
          int within = at % PIECE;
          int count = Math.min(PIECE - within, length - at);
          out.write(pieces.get(at / PIECE), within, count);
          at += count;
        }
        out.flush();
      }
    };
  }

  private InputStream stream(int from) {
    List<InputStream> all = new ArrayList<>();
    for (int at = from; at < length; ) {
      int within = at % PIECE;
      int count = Math.min(PIECE - within, length - at);
      all.add(new ByteArrayInputStream(pieces.get(at / PIECE), within, count));
      at += count;
    }
    return new SequenceInputStream(Collections.enumeration(all));
  }
}
