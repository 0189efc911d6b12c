/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.GoogleCloudStorageItemInfo;
import com.google.cloud.hadoop.repackaged.gcs.com.google.cloud.hadoop.gcsio.StorageResourceId;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.Content;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.Advice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.Mismatch;
import io.github.flytehadoop.store.failure.Words;
import io.github.flytehadoop.store.hadoop.WriterMark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object on its way. Up to {@link #SMALL_BYTES} stay here until the commit and are then one
 * request; more is a resumable upload, which publishes nothing before it is finished. Every write
 * of GCS names the generation that it replaces, so a writer never overwrites what it has not seen.
 */
final class GcsWrite extends ObjectWrite {
  static final int SMALL_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(GcsWrite.class);
  private static final long NEW = 0;
  private static final int REPLACEMENTS = 30;
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final GcsStore store;
  private final Location at;
  private final WriteOptions options;
  private final CRC32C crc = new CRC32C();
  private ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
  private long sentBytes;
  private @Nullable GcsUpload upload;

  GcsWrite(GcsStore store, Location at, WriteOptions options) {
    this.store = store;
    this.at = at;
    this.options = options;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      if (upload == null && sentBytes + length > SMALL_BYTES) {
        boolean refuse = options.existing() == WriteOptions.Existing.REFUSE;
        upload = store.upload(at, options, refuse ? NEW : StorageResourceId.UNKNOWN_GENERATION_ID);
        upload.write(held.toByteArray(), 0, held.size());
        held = new ByteArrayOutputStream(0);
      }
      if (upload == null) {
        held.write(bytes, offset, length);
      } else {
        upload.write(bytes, offset, length);
      }
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
    crc.update(bytes, offset, length);
    sentBytes += length;
  }

  /** The same bytes came here; whether they came to the store is asked when it has them. */
  @Override
  protected Proof verify(Content sent) throws IOException {
    Mismatch.refuse(at, sent.lengthBytes(), sentBytes);
    if (sent.checksum() == null) {
      return Proof.LENGTH;
    }
    Mismatch.refuse(at, sent.checksum(), Checksum.crc32c(crc.getValue()));
    return Proof.CHECKSUM;
  }

  @Override
  protected void publish() throws IOException {
    GoogleCloudStorageItemInfo kept;
    try {
      kept = upload == null ? publishHeld() : upload.finish();
    } catch (IOException | RuntimeException failure) {
      if (upload != null) {
        upload.abort();
      }
      if (GcsDigest.isRefused(failure)) {
        takeBack(GcsDigest.published(failure));
        throw mismatch(failure);
      }
      TransferException classified =
          upload == null ? HadoopFailures.of("write", at, failure) : lateFailure(failure);
      if (!WriterMark.mayBeDone(options, classified.kind()) || !isThere(classified)) {
        throw classified;
      }
      return;
    }
    compare(kept);
    published(Long.toString(kept.getContentGeneration()));
  }

  private boolean isThere(TransferException failure) {
    try {
      return store.isWritten(at, options, sentBytes);
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  /**
   * New objects are the rule: only when there is one already is its generation asked for. The
   * connector does not try a single request again, so that is done here.
   */
  private GoogleCloudStorageItemInfo publishHeld() throws IOException {
    long generation = NEW;
    for (int attempt = 1; ; attempt++) {
      try {
        GcsUpload small = store.smallUpload(at, options, generation);
        try {
          small.write(held.toByteArray(), 0, held.size());
          return small.finish();
        } finally {
          small.abort();
        }
      } catch (IOException failure) {
        FailureKind kind = HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED);
        if (!sendsAgain(kind, attempt)) {
          throw failure;
        }
        generation =
            options.existing() == WriteOptions.Existing.REFUSE
                ? NEW
                : StorageResourceId.UNKNOWN_GENERATION_ID;
      }
    }
  }

  /** Who refuses to replace is not asked twice unless GCS said that it did nothing. */
  private boolean sendsAgain(FailureKind kind, int attempt) throws InterruptedIOException {
    boolean replace = options.existing() == WriteOptions.Existing.REPLACE;
    return switch (kind) {
      case SOURCE_CHANGED -> replace && attempt < REPLACEMENTS;
      case THROTTLED -> attempt < ATTEMPTS && paused(attempt);
      case NETWORK, TIMEOUT -> replace && attempt < ATTEMPTS && paused(attempt);
      default -> false;
    };
  }

  private static boolean paused(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(FIRST_PAUSE.multipliedBy(1L << attempt).toMillis());
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two attempts");
    }
  }

  private static boolean changed(IOException failure) {
    return HadoopFailures.kindOf(failure, FailureKind.SOURCE_CHANGED) == FailureKind.SOURCE_CHANGED;
  }

  /** A large upload cannot be sent again from here; who has the source can. */
  private TransferException lateFailure(Exception failure) {
    if (options.existing() == WriteOptions.Existing.REPLACE
        && failure instanceof IOException io
        && changed(io)) {
      return new TransferException(
          FailureKind.THROTTLED,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": somebody else replaced it during the upload. Run it again.",
          failure);
    }
    return HadoopFailures.of("write", at, failure);
  }

  /**
   * The last request of a large upload carries its digest, so GCS publishes nothing else (F68). A
   * small object is one request, which carries none: should GCS have got other bytes, those that
   * were held are sent again with their digest, in place of the broken ones.
   */
  private void compare(GoogleCloudStorageItemInfo kept) throws IOException {
    TransferException mismatch = mismatch(kept);
    if (mismatch == null) {
      return;
    }
    LOG.warn("{} arrived broken{}", at, upload == null ? " and is sent again" : "");
    if (upload == null && isSentAgain(kept.getContentGeneration(), mismatch)) {
      return;
    }
    takeBack(GcsStatus.crc32c(kept));
    throw mismatch;
  }

  private @Nullable TransferException mismatch(GoogleCloudStorageItemInfo kept) {
    String arrived = GcsStatus.crc32c(kept);
    try {
      Mismatch.refuse(at, sentBytes, kept.getSize());
      if (arrived != null) {
        Mismatch.refuse(at, ours(), new Checksum(Checksum.CRC32C, arrived));
      }
      return null;
    } catch (TransferException mismatch) {
      return mismatch;
    }
  }

  private Checksum ours() {
    return Checksum.crc32c(crc.getValue());
  }

  private boolean isSentAgain(long broken, TransferException mismatch) {
    try {
      GcsUpload again = store.upload(at, options, broken);
      try {
        again.write(held.toByteArray(), 0, held.size());
        return mismatch(again.finish()) == null;
      } finally {
        again.abort();
      }
    } catch (IOException | RuntimeException failure) {
      mismatch.addSuppressed(failure);
      return false;
    }
  }

  private TransferException mismatch(Exception failure) {
    return Problem.cannot("write", at.text())
        .because("other bytes arrived than were sent: " + Words.why(failure))
        .kind(FailureKind.INTEGRITY)
        .remedy(Advice.of(FailureKind.INTEGRITY, at))
        .causedBy(failure)
        .exception();
  }

  /** Removes the object with the broken bytes, and no other. */
  private void takeBack(@Nullable String broken) {
    try {
      if (broken != null) {
        GcsObjects.removeBroken(store.objects(), store.path(at), broken);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The broken object {} could not be removed: {}", at, Words.why(failure));
    }
  }

  @Override
  protected void discard() {
    if (upload != null) {
      upload.abort();
    }
    held = new ByteArrayOutputStream(0);
  }
}
