/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.location.Location;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * An upload: closing S3A's stream is what publishes the object, aborting it leaves neither an
 * object nor a pending multipart upload.
 */
final class S3Write extends ObjectWrite {
  private final Location at;
  private final FSDataOutputStream stream;

  S3Write(Location at, FSDataOutputStream stream) {
    this.at = at;
    this.stream = stream;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      stream.write(bytes, offset, length);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** Every request states its length and the store acknowledges it, so the count is the length. */
  @Override
  protected Proof verify(Content sent) throws IOException {
    Mismatch.refuse(at, sent.lengthBytes(), stream.getPos());
    return Proof.LENGTH;
  }

  @Override
  protected void publish() throws IOException {
    try {
      stream.close();
    } catch (IOException | RuntimeException failure) {
      discardUninterrupted();
      throw HadoopFailures.of("write", at, failure);
    }
  }

  @Override
  protected void discard() {
    stream.abort();
  }
}
