/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.store.failure.S3ErrorCodes;
import io.github.flytehadoop.store.multipart.MultipartUpload;
import io.github.flytehadoop.store.multipart.OwnedMultipartWrite;
import io.github.flytehadoop.store.multipart.UploadedPart;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A multipart upload: one request to start it, one a part, one to complete it. It can be aborted at
 * any time, and a part that arrives later is refused.
 */
final class S3MultipartWrite extends OwnedMultipartWrite {
  private static final Logger LOG = LoggerFactory.getLogger(S3MultipartWrite.class);

  private final S3Store store;
  private final S3Multipart requests;
  private final Location at;
  private final WriteOptions options;
  private final MultipartUpload upload;

  S3MultipartWrite(
      S3Store store, S3Multipart requests, MultipartUpload upload, WriteOptions options) {
    super(upload);
    this.store = store;
    this.requests = requests;
    this.at = Location.parse(upload.target());
    this.options = options;
    this.upload = upload;
  }

  /** Each part's length was stated and acknowledged, so the lengths add up to the file's. */
  @Override
  protected Proof publish(List<UploadedPart> parts) throws IOException {
    complete(parts);
    keep();
    return store.proof();
  }

  private void complete(List<UploadedPart> parts) throws IOException {
    try {
      send(parts);
    } catch (IOException | RuntimeException failure) {
      if (S3ErrorCodes.isCode(failure, "InvalidPart")) {
        completeWithCurrent(failure);
      } else if (!isThere(failure)) {
        throw HadoopFailures.of("write", at, failure);
      } else {
        LOG.info("The answer to the end of the upload of {} was lost, but it is there", at);
        if (!S3ErrorCodes.isCode(failure, "NoSuchUpload")) {
          // another attempt may have written it, and then this upload is still pending
          Uninterruptibles.run(this::discard);
        }
      }
    }
  }

  private void send(List<UploadedPart> parts) throws IOException {
    requests.complete(upload, parts, options);
  }

  /**
   * A part that two attempts sent counts as the last of them sent it, and where etags are no
   * digests that can be another than the one we were told of. Its bytes are the same (F48).
   */
  private void completeWithCurrent(Exception failure) throws IOException {
    List<UploadedPart> current;
    try {
      current = upload.inOrder(requests.current(upload));
      send(current);
    } catch (IOException | RuntimeException again) {
      failure.addSuppressed(again);
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /**
   * Whether only the answer was lost, of a request that was then refused or never answered: the
   * object that is there is ours (F20, F21).
   */
  private boolean isThere(Exception failure) {
    boolean interrupted = Thread.interrupted();
    try {
      return store.isWritten(at, options, upload.lengthBytes());
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  protected void discard() {
    try {
      requests.abort(upload);
    } catch (IOException | RuntimeException problem) {
      if (!S3ErrorCodes.isCode(problem, "NoSuchUpload")) {
        LOG.warn("The upload of {} could not be aborted: {}", at, RootCause.why(problem));
      }
    }
  }
}
