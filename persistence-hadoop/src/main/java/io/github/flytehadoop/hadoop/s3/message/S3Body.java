/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.s3.message;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer while they arrive. Closing it after its last byte gives its connection
 * back; {@link #abort} gives it up. Belongs to one thread.
 */
public abstract class S3Body extends InputStream {
  /** For those who carry it. */
  protected S3Body() {}

  /** The first value of a header of the answer, or null. */
  public abstract @Nullable String header(String name);

  /** Gives up what has not been read, and the connection with it; harmless when repeated. */
  public abstract void abort();

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
