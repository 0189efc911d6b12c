/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.testkit.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The body of one request, still on the wire: of known length, plain or aws-chunked. */
final class RequestBody {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpHead head;
  private final Counting in;
  private final OutputStream out;
  private final Map<String, String> trailers = new LinkedHashMap<>();

  RequestBody(HttpHead head, InputStream in, OutputStream out) {
    this.head = head;
    this.in = new Counting(in);
    this.out = out;
  }

  /** Reads at most so many raw bytes and forgets them. */
  void discard(long limit) throws IOException {
    askForIt();
    long wanted = Math.min(limit, head.contentLength());
    byte[] buffer = new byte[8192];
    while (in.count < wanted) {
      if (in.read(buffer, 0, (int) Math.min(buffer.length, wanted - in.count)) < 0) {
        throw new EOFException("connection closed inside a body");
      }
    }
  }

  /** Reads the whole body and takes off the chunk framing. */
  byte[] read() throws IOException {
    askForIt();
    boolean chunked =
        head.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-")
            || head.header("content-encoding").orElse("").contains("aws-chunked");
    if (!chunked) {
      return exactly(head.contentLength());
    }
    String decoded =
        head.header("x-amz-decoded-content-length")
            .orElseThrow(() -> new IOException("aws-chunked without its decoded length"));
    byte[] body = new byte[Math.toIntExact(Long.parseLong(decoded))];
    readChunks(body);
    return body;
  }

  /** The headers that followed an aws-chunked body. */
  Map<String, String> trailers() {
    return trailers;
  }

  long bytesRead() {
    return in.count;
  }

  private void readChunks(byte[] body) throws IOException {
    int filled = 0;
    while (true) {
      String sizeLine = HttpHead.nextLine(in);
      int size = Integer.parseInt(sizeLine.split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      if (in.readNBytes(body, filled, size) < size) {
        throw new EOFException("connection closed inside a chunk");
      }
      filled += size;
      HttpHead.nextLine(in);
    }
    if (filled != body.length) {
      throw new IOException("decoded length is " + body.length + ", chunks hold " + filled);
    }
    while (in.count < head.contentLength()) {
      String line = HttpHead.nextLine(in);
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        trailers.put(name, line.substring(colon + 1).strip());
      }
    }
  }

  private byte[] exactly(long length) throws IOException {
    byte[] body = new byte[Math.toIntExact(length)];
    if (in.readNBytes(body, 0, body.length) < body.length) {
      throw new EOFException("connection closed inside a body");
    }
    return body;
  }

  private void askForIt() throws IOException {
    if (head.header("expect").orElse("").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE);
      out.flush();
    }
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(n, 0);
      return n;
    }
  }
}
