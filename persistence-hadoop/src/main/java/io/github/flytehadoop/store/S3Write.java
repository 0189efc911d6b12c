/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload: closing S3A's stream is what publishes the object, aborting it leaves neither an
 * object nor a pending multipart upload.
 */
final class S3Write extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(S3Write.class);

  private final S3Store store;
  private final Location at;
  private final Proof proof;
  private final WriteOptions options;
  private final FSDataOutputStream stream;

  S3Write(
      S3Store store, Location at, WriteOptions options, FSDataOutputStream stream, Proof proof) {
    this.store = store;
    this.at = at;
    this.options = options;
    this.stream = stream;
    this.proof = proof;
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
      if (!mayBeDone(failure, classified) || !isThere(classified)) {
        throw classified;
      }
      LOG.info("The answer to the end of the upload of {} was lost, but it is there", at);
    }
  }

  /**
   * Whether the end of the upload may have been carried out all the same: a store that no longer
   * knows the upload may have finished it (F20), one that has the name may have it from us (F21),
   * and one whose answer never came may have done anything.
   */
  private boolean mayBeDone(Exception failure, TransferException classified) {
    boolean refuse = options.existing() == WriteOptions.Existing.REFUSE;
    return switch (classified.kind()) {
      case CONFLICT -> refuse;
      case NETWORK, TIMEOUT -> refuse || S3Reasons.isCode(failure, "NoSuchUpload");
      default -> S3Reasons.isCode(failure, "NoSuchUpload");
    };
  }

  private boolean isThere(TransferException failure) {
    try {
      return store.isWritten(at, options, stream.getPos());
    } catch (IOException | RuntimeException unknown) {
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
