/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object on its way. The request that publishes it carries its digest: GCS publishes no other
 * bytes, and what was there before stays (F68).
 */
final class GcsWrite extends ObjectWrite {
  private static final Logger LOG = LoggerFactory.getLogger(GcsWrite.class);

  private final GcsStore store;
  private final Location at;
  private final WriteOptions options;
  private final GcsUpload upload;

  GcsWrite(GcsStore store, Location at, WriteOptions options, GcsUpload upload) {
    this.store = store;
    this.at = at;
    this.options = options;
    this.upload = upload;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    try {
      upload.write(bytes, offset, length);
    } catch (IOException | RuntimeException failure) {
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** The same bytes came here; whether they came to the store is for its answer. */
  @Override
  protected Proof verify(SentContent sent) throws IOException {
    IntegrityCheck.requireEqual(at, sent.lengthBytes(), upload.bytes());
    if (sent.checksum() == null) {
      return Proof.LENGTH;
    }
    IntegrityCheck.requireEqual(at, sent.checksum(), ours());
    return Proof.CHECKSUM;
  }

  private Checksum ours() {
    return Checksum.crc32c(upload.crc32c());
  }

  @Override
  protected void publish() throws IOException {
    long sentBytes = upload.bytes();
    StorageObject kept;
    try {
      kept = upload.finish();
    } catch (IOException | RuntimeException failure) {
      discardUninterrupted();
      kept =
          store.writtenAllTheSame(at, options, sentBytes, HadoopFailures.of("write", at, failure));
    }
    compare(kept, sentBytes);
    published(Long.toString(GcsStatus.generationOf(kept)));
  }

  /** GCS has compared already. What does not is no GCS, and its broken object is removed. */
  private void compare(StorageObject kept, long sentBytes) throws IOException {
    String arrived = GcsStatus.crc32c(kept);
    try {
      IntegrityCheck.requireEqual(at, sentBytes, GcsStatus.sizeOf(kept));
      if (arrived != null) {
        IntegrityCheck.requireEqual(at, ours(), new Checksum(Checksum.CRC32C, arrived));
      }
    } catch (TransferException mismatch) {
      try {
        store.remove(at, GcsStatus.generationOf(kept));
      } catch (IOException | RuntimeException failure) {
        LOG.warn("The broken object {} could not be removed: {}", at, RootCause.why(failure));
      }
      throw mismatch;
    }
  }

  @Override
  protected void discard() {
    upload.abort();
  }
}
