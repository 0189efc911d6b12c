/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload: closing S3A's stream is what publishes the object, aborting it leaves neither an
 * object nor a pending multipart upload.
 */
final class S3Write extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(S3Write.class);

  /** More than clocks may differ before the store refuses every request. */
  private static final Duration CLOCKS = Duration.ofMinutes(20);

  private final S3Store store;
  private final Location at;
  private final Proof proof;
  private final FSDataOutputStream stream;
  private final Instant started = Instant.now();

  S3Write(S3Store store, Location at, FSDataOutputStream stream, Proof proof) {
    this.proof = proof;
    this.store = store;
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
    return proof;
  }

  @Override
  protected void publish() throws IOException {
    try {
      stream.close();
    } catch (IOException | RuntimeException failure) {
      discardUninterrupted();
      TransferException classified = HadoopFailures.of("write", at, failure);
      if (!S3Reasons.isCode(failure, "NoSuchUpload") || !isThere(classified)) {
        throw classified;
      }
      LOG.info("The answer to the end of the upload of {} was lost, but it is there", at);
    }
  }

  /**
   * Whether the upload that the store no longer knows is the object that is there now: of the same
   * length, made of parts, since this upload began (F20).
   */
  private boolean isThere(TransferException failure) {
    try {
      Attributes there = store.stat(at);
      String etag = there.etag();
      return !there.isDirectory()
          && there.lengthBytes() == stream.getPos()
          && etag != null
          && etag.contains("-")
          && there.modified().isAfter(started.minus(CLOCKS));
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  @Override
  protected void discard() {
    IOException problem = stream.abort().anyCleanupException();
    if (problem != null) {
      LOG.warn("The upload of {} could not be aborted: {}", at, Words.why(problem));
    }
  }
}
