/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.Advice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** The rename that publishes a file, and what became of it when it failed. */
final class HdfsPublication {
  private final HdfsStore store;
  private final Location at;
  private final Path target;

  HdfsPublication(HdfsStore store, Location at, Path target) {
    this.store = store;
    this.at = at;
    this.target = target;
  }

  /** Gives a finished file its name. When it throws, the file may still have its temporary one. */
  void publish(Path temporary, FileStatus sent, WriteOptions options) throws TransferException {
    boolean replace = options.existing() == WriteOptions.Existing.REPLACE;
    try {
      store.rename(temporary, target, replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
    } catch (IOException | RuntimeException failure) {
      if (isRenamed(temporary, sent, failure)) {
        return;
      }
      refuseDirectory(failure);
      throw HadoopFailures.of("write", at, failure);
    }
  }

  /** Whether only the answer was lost: nobody else knows the temporary name (F34). */
  private boolean isRenamed(Path temporary, FileStatus sent, Exception failure) {
    boolean interrupted = Thread.interrupted();
    try {
      FileStatus there = store.fileSystem().getFileStatus(target);
      return there.isFile()
          && there.getLen() == sent.getLen()
          && there.getModificationTime() == sent.getModificationTime()
          && !store.fileSystem().exists(temporary);
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The rename says only that it failed: whether because of a directory is asked afterwards. */
  private void refuseDirectory(Exception failure) throws TransferException {
    boolean directory;
    try {
      directory = store.fileSystem().getFileStatus(target).isDirectory();
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return;
    }
    if (directory) {
      throw new TransferException(
          FailureKind.CONFLICT,
          at.text(),
          "Cannot write "
              + Printable.of(at.text())
              + ": a directory has this name. "
              + Advice.of(FailureKind.CONFLICT, at),
          failure);
    }
  }
}
