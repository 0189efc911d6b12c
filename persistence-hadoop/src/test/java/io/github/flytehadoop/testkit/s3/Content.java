/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Immutable bytes in pieces, so that completing an upload or cutting a range copies nothing. */
final class Content {
  static final Content EMPTY = new Content(List.of());

  private final List<ByteBuffer> pieces;
  private final long length;

  private Content(List<ByteBuffer> pieces) {
    this.pieces = List.copyOf(pieces);
    this.length = pieces.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** Takes the array as it is: the caller must not change it later. */
  static Content of(byte[] bytes) {
    return new Content(List.of(ByteBuffer.wrap(bytes)));
  }

  static Content of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Content concat(List<Content> contents) {
    return new Content(contents.stream().flatMap(c -> c.pieces.stream()).toList());
  }

  long length() {
    return length;
  }

  Content slice(long offset, long size) {
    List<ByteBuffer> cut = new ArrayList<>();
    long start = 0;
    for (ByteBuffer piece : pieces) {
      long from = Math.max(offset - start, 0);
      long to = Math.min(offset + size - start, piece.remaining());
      if (from < to) {
        cut.add(piece.duplicate().position((int) from).limit((int) to).slice());
      }
      start += piece.remaining();
    }
    return new Content(cut);
  }

  /** The same bytes but for the lowest bit of one; unchanged where there is no such byte. */
  Content flipBit(long offset) {
    if (offset >= length) {
      return this;
    }
    byte[] flipped = slice(offset, 1).toBytes();
    flipped[0] ^= 1;
    return concat(List.of(slice(0, offset), of(flipped), slice(offset + 1, length - offset - 1)));
  }

  /** Read-only views of the pieces, for digests. */
  List<ByteBuffer> buffers() {
    return pieces.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
  }

  byte[] toBytes() {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(length));
    buffers().forEach(all::put);
    return all.array();
  }

  void writeTo(OutputStream out) throws IOException {
    for (ByteBuffer piece : pieces) {
      out.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }
  }
}
