/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.sample;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Bytes that nobody sees before they are published. */
final class ShelfWrite extends ObjectWrite {
  interface Publication {
    void of(byte[] bytes) throws IOException;
  }

  private final Location at;
  private final Publication publication;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ShelfWrite(Location at, Publication publication) {
    this.at = at;
    this.publication = publication;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    requireOpen();
    bytes.write(source, offset, length);
  }

  @Override
  protected Proof verify(SentContent sent) throws IOException {
    if (sent.lengthBytes() != bytes.size()) {
      throw ShelfStore.failure(
          FailureKind.INTEGRITY, "write", at, bytes.size() + " bytes arrived. Run it again.");
    }
    return Proof.LENGTH;
  }

  @Override
  protected void publish() throws IOException {
    publication.of(bytes.toByteArray());
  }

  @Override
  protected void discard() {
    bytes.reset();
  }
}
