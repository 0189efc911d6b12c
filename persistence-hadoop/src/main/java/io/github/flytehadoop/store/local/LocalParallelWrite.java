/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.store.Attributes;
import io.github.flytehadoop.store.ParallelWrite;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A local file that several threads fill at their own positions. */
final class LocalParallelWrite implements ParallelWrite {
  private final LocalStagedFile target;
  private final long lengthBytes;
  private volatile boolean finished;

  LocalParallelWrite(LocalStagedFile target, long lengthBytes) {
    this.target = target;
    this.lengthBytes = lengthBytes;
  }

  @Override
  public void writeAt(long offset, ByteBuffer bytes) throws TransferException {
    requireOpen("write");
    if (offset < 0 || (lengthBytes >= 0 && offset > lengthBytes - bytes.remaining())) {
      throw Problem.cannot(
              "write " + bytes.remaining() + " bytes at " + offset + " of " + lengthBytes)
          .argument();
    }
    try {
      target.writeAt(offset, bytes);
    } catch (TransferException failure) {
      close();
      throw failure;
    }
  }

  @Override
  public synchronized void commit() throws TransferException {
    requireOpen("commit");
    try {
      if (lengthBytes != Attributes.UNKNOWN_LENGTH) {
        target.requireLength(lengthBytes);
      }
      target.publish();
    } finally {
      close();
    }
  }

  @Override
  public @Nullable String version() {
    return target.version();
  }

  @Override
  public synchronized void close() {
    if (!finished) {
      finished = true;
      target.discard();
    }
  }

  private void requireOpen(String verb) {
    if (finished) {
      throw Problem.cannot(verb).because("this file is finished").remedy("Open a new one.").state();
    }
  }
}
