/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.memory;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.Checksum;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import io.github.flytehadoop.store.failure.IntegrityCheck;
import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/** Bytes that wait to be put under their key. */
final class MemoryWrite extends ObjectWrite {
  private final Location at;
  private final Predicate<byte[]> publication;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * A write that nobody sees before it is published.
   *
   * @param publication takes the bytes, and answers no when the name was taken
   */
  MemoryWrite(Location at, Predicate<byte[]> publication) {
    this.at = at;
    this.publication = publication;
  }

  static Checksum crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Checksum.crc32c(crc.getValue());
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    requireOpen();
    bytes.write(source, offset, length);
  }

  @Override
  protected Proof verify(SentContent sent) throws TransferException {
    IntegrityCheck.requireEqual(at, sent.lengthBytes(), bytes.size());
    Checksum computed = sent.checksum();
    if (computed == null) {
      return Proof.LENGTH;
    }
    IntegrityCheck.requireEqual(at, computed, crc32c(bytes.toByteArray()));
    return Proof.CHECKSUM;
  }

  @Override
  protected void publish() throws TransferException {
    if (!publication.test(bytes.toByteArray())) {
      throw MemoryStore.refused("write", at, "the name is taken", FailureKind.CONFLICT);
    }
  }

  @Override
  protected void discard() {
    bytes.reset();
  }
}
