/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.RereadableSource;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.RootCause;
import io.github.flytehadoop.store.failure.S3ErrorCodes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload. A source that can be read again is sent as it is; bytes that are written are held a
 * part at a time. The commit is what publishes the object. An abort leaves neither an object nor a
 * pending multipart upload.
 */
final class S3Write extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(S3Write.class);

  private final S3Store store;
  private final Location at;
  private final WriteOptions options;
  private final S3Uploads uploads;
  private @Nullable S3StreamUpload stream;
  private @Nullable S3DirectUpload upload;

  S3Write(S3Store store, Location at, WriteOptions options, S3Uploads uploads) {
    this.store = store;
    this.at = at;
    this.options = options;
    this.uploads = uploads;
  }

  @Override
  public boolean send(RereadableSource source) throws IOException {
    requireOpen();
    S3DirectUpload sending = uploads.of(source);
    upload = sending;
    try {
      sending.send(store.partBytes(source.lengthBytes()));
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
    return true;
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

  private S3StreamUpload stream() {
    S3StreamUpload currentStream = stream;
    if (currentStream == null) {
      currentStream = uploads.ofStream();
      stream = currentStream;
    }
    return currentStream;
  }

  @Override
  protected void complete() throws IOException {
    if (upload == null) {
      try {
        stream().complete();
      } catch (IOException | RuntimeException failure) {
        throw HadoopFailures.of("write", at, failure);
      }
    }
  }

  /** Every request states its length and the store acknowledges it, so the count is the length. */
  @Override
  protected Proof verify(SentContent sent) throws IOException {
    IntegrityCheck.requireEqual(at, sent.lengthBytes(), lengthBytes());
    return store.proof();
  }

  private long lengthBytes() {
    S3DirectUpload sending = upload;
    return sending == null ? stream().lengthBytes() : sending.lengthBytes();
  }

  @Override
  protected void publish() throws IOException {
    try {
      S3DirectUpload sending = upload;
      if (sending != null) {
        sending.publish();
        published(sending.etag());
      } else {
        stream().publish();
        published(stream().etag());
      }
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
      S3DirectUpload sending = upload;
      S3StreamUpload streaming = stream;
      if (sending != null) {
        sending.abort();
      }
      if (streaming != null) {
        streaming.abort();
      }
    } catch (IOException | RuntimeException problem) {
      if (!S3ErrorCodes.isCode(problem, "NoSuchUpload")) {
        LOG.warn("The upload of {} could not be aborted: {}", at, RootCause.why(problem));
      }
    }
  }
}
