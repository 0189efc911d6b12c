/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.ObjectWrite;
import io.github.flytehadoop.store.Proof;
import io.github.flytehadoop.store.SentContent;
import java.util.Objects;

/** One stream into a local file. */
final class LocalWrite extends ObjectWrite {
  private final LocalStagedFile target;

  LocalWrite(LocalStagedFile target) {
    this.target = target;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws TransferException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    try {
      target.write(bytes, offset, length);
    } catch (TransferException failure) {
      abort();
      throw failure;
    }
  }

  @Override
  protected Proof verify(SentContent sent) throws TransferException {
    target.requireLength(sent.lengthBytes());
    return Proof.LENGTH;
  }

  @Override
  protected void publish() throws TransferException {
    target.publish();
    published(target.version());
  }

  @Override
  protected void discard() {
    target.discard();
  }
}
