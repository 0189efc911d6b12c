/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload through S3A's stream, whose end is what publishes the object. An abort leaves neither
 * an object nor a pending multipart upload.
 */
final class S3aWrite extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(S3aWrite.class);

  /** Opens S3A's stream. */
  interface Opening {
    FSDataOutputStream open() throws IOException;
  }

  private final S3aStore store;
  private final Location at;
  private final WriteOptions options;
  private final Opening opening;
  private @Nullable FSDataOutputStream stream;

  S3aWrite(S3aStore store, Location at, WriteOptions options, Opening opening) {
    this.store = store;
    this.at = at;
    this.options = options;
    this.opening = opening;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      stream().write(bytes, offset, length);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  private FSDataOutputStream stream() throws IOException {
    FSDataOutputStream currentStream = stream;
    if (currentStream == null) {
      currentStream = opening.open();
      stream = currentStream;
    }
    return currentStream;
  }

  /** Every request states its length and the store acknowledges it, so the count is the length. */
  @Override
  protected Proof verify(SentContent sent) throws IOException {
    IntegrityCheck.requireEqual(at, sent.lengthBytes(), lengthBytes());
    return Proof.LENGTH;
  }

  private long lengthBytes() throws IOException {
    FSDataOutputStream streaming = stream;
    return streaming == null ? 0 : streaming.getPos();
  }

  @Override
  protected void publish() throws IOException {
    try {
      stream().close();
    } catch (IOException | RuntimeException failure) {
      discardUninterrupted();
      TransferException classified = HadoopFailures.of("write", at, failure);
      if (!S3LostAnswer.isOf(failure, classified, options, this::isThere)) {
        throw classified;
      }
      LOG.info("The answer to the end of the upload of {} was lost, but it is there", at);
    }
  }

  private boolean isThere() throws IOException {
    return store.isWritten(at, options, lengthBytes());
  }

  @Override
  protected void discard() {
    try {
      FSDataOutputStream streaming = stream;
      if (streaming != null) {
        IOException problem = streaming.abort().anyCleanupException();
        if (problem != null) {
          throw problem;
        }
      }
    } catch (IOException problem) {
      LOG.warn("The upload of {} could not be aborted: {}", at, RootCause.why(problem));
    }
  }
}
