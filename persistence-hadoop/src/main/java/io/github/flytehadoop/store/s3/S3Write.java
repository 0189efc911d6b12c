/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ByteRange;
import io.github.flytehadoop.store.Content;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.Source;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.failure.S3Reasons;
import io.github.flytehadoop.store.failure.Words;
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload. A source that can be read again is sent as it is; a few bytes are held until the
 * commit sends them; anything else goes through S3A's stream, whose end is what publishes the
 * object. An abort leaves neither an object nor a pending multipart upload.
 */
final class S3Write extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(S3Write.class);

  /** What is held here; S3A's stream would take a buffer of a whole part for it. */
  private static final int MOST_HELD_BYTES = 1 << 20;

  /** Sends sources without S3A's stream. */
  interface Direct {
    S3Upload of(Source source);
  }

  /** Opens S3A's stream. */
  interface Opening {
    FSDataOutputStream open() throws IOException;
  }

  private final S3Store store;
  private final Location at;
  private final WriteOptions options;
  private final @Nullable Direct direct;
  private final Opening opening;
  private @Nullable ByteArrayOutputStream held;
  private @Nullable FSDataOutputStream stream;
  private @Nullable S3Upload upload;

  /**
   * A write that has sent nothing yet.
   *
   * @param direct null where only the stream will do
   */
  S3Write(
      S3Store store, Location at, WriteOptions options, @Nullable Direct direct, Opening opening) {
    this.store = store;
    this.at = at;
    this.options = options;
    this.direct = direct;
    this.opening = opening;
    if (direct != null && options.lengthBytes() <= MOST_HELD_BYTES) {
      held = new ByteArrayOutputStream((int) Math.max(1, options.lengthBytes()));
    }
  }

  @Override
  public boolean send(Source source) throws IOException {
    requireOpen();
    if (direct == null) {
      return false;
    }
    S3Upload sending = direct.of(source);
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
    ByteArrayOutputStream few = held;
    if (few != null && few.size() + length <= MOST_HELD_BYTES) {
      few.write(bytes, offset, length);
      return;
    }
    try {
      stream().write(bytes, offset, length);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** The stream, with what was held before it was needed. */
  private FSDataOutputStream stream() throws IOException {
    FSDataOutputStream known = stream;
    if (known != null) {
      return known;
    }
    FSDataOutputStream opened = opening.open();
    stream = opened;
    ByteArrayOutputStream few = held;
    if (few != null) {
      held = null;
      few.writeTo(opened);
    }
    return opened;
  }

  /** Every request states its length and the store acknowledges it, so the count is the length. */
  @Override
  protected Proof verify(Content sent) throws IOException {
    Mismatch.refuse(at, sent.lengthBytes(), lengthBytes());
    return S3Requests.proof(store.fileSystem());
  }

  private long lengthBytes() throws IOException {
    S3Upload sending = upload;
    FSDataOutputStream streaming = stream;
    ByteArrayOutputStream few = held;
    if (sending != null) {
      return sending.lengthBytes();
    }
    return streaming != null ? streaming.getPos() : few == null ? 0 : few.size();
  }

  @Override
  protected void publish() throws IOException {
    try {
      S3Upload sending = sending();
      if (sending != null) {
        sending.publish();
        published(sending.etag() == null ? null : sending.etag().replace("\"", ""));
      } else {
        stream().close();
      }
    } catch (IOException | RuntimeException failure) {
      discardUninterrupted();
      TransferException classified = HadoopFailures.of("write", at, failure);
      if (!mayBeDone(failure, classified) || !isThere(classified)) {
        throw classified;
      }
      LOG.info("The answer to the end of the upload of {} was lost, but it is there", at);
    }
  }

  private @Nullable S3Upload sending() {
    ByteArrayOutputStream few = held;
    if (upload == null && direct != null && few != null) {
      upload = direct.of(new Held(few.toByteArray()));
    }
    return upload;
  }

  /**
   * Whether the end of the upload may have been carried out all the same: a store that no longer
   * knows the upload may have finished it (F20), one that has the name may have it from us (F21),
   * and one whose answer never came may have done anything.
   */
  private boolean mayBeDone(Exception failure, TransferException classified) {
    return S3Reasons.isCode(failure, "NoSuchUpload")
        || WriterMark.mayBeDone(options, classified.kind());
  }

  private boolean isThere(TransferException failure) {
    try {
      return store.isWritten(at, options, lengthBytes());
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  @Override
  protected void discard() {
    try {
      S3Upload sending = upload;
      FSDataOutputStream streaming = stream;
      if (sending != null) {
        sending.abort();
      }
      if (streaming != null) {
        IOException problem = streaming.abort().anyCleanupException();
        if (problem != null) {
          throw problem;
        }
      }
    } catch (IOException problem) {
      LOG.warn("The upload of {} could not be aborted: {}", at, Words.why(problem));
    }
  }

  /** Bytes in memory. */
  private static final class Held implements Source {
    private final byte[] bytes;

    Held(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long lengthBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open(ByteRange range) {
      return new ByteArrayInputStream(bytes, (int) range.offset(), (int) range.lengthBytes());
    }
  }
}
