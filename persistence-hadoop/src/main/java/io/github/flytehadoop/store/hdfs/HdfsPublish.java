/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.WriteOptions;
import io.github.flytehadoop.store.failure.FailureAdvice;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** The rename that publishes a file, and what became of it when it failed. */
final class HdfsPublish {
  private final RenamingStore store;
  private final Location at;
  private final Path target;
  private boolean mayDiscard = true;

  HdfsPublish(RenamingStore store, Location at, Path target) {
    this.store = store;
    this.at = at;
    this.target = target;
  }

  /**
   * Gives a finished file its name. When it throws, the file may still have its temporary one, and
   * {@link #mayDiscard} says whether that can go.
   */
  void publish(Path temporary, FileStatus sent, WriteOptions options) throws TransferException {
    boolean replace = options.existing() == WriteOptions.Existing.REPLACE;
    try {
      store.giveMode(temporary, sent, options.mode());
      if (!replace) {
        store.rename(temporary, target, Options.Rename.NONE);
      } else if (store.replacesInOneStep(target)) {
        store.rename(temporary, target, Options.Rename.OVERWRITE);
      } else {
        replaceInTwoSteps(temporary, sent, options.tag());
      }
    } catch (IOException | RuntimeException failure) {
      if (mayDiscard) { // else the failure names what stayed
        if (isRenamed(temporary, sent, failure)) {
          return;
        }
        refuseTaken(failure, replace);
      }
      throw HadoopFailures.of("write", at, failure);
    }
  }

  private void replaceInTwoSteps(Path temporary, FileStatus sent, String tag) throws IOException {
    TwoStepReplace steps = new TwoStepReplace(store, target, tag);
    try {
      steps.run(temporary, sent);
    } catch (IOException | RuntimeException failure) {
      if (steps.kept() == null) {
        throw failure;
      }
      mayDiscard = false;
      throw Problem.cannot("write", at.text())
          .because(
              RootCause.why(failure)
                  + ", and the file that was there could not be given its name again")
          .kind(FailureKind.CONFLICT) // another try would hide which files there are
          .remedy(
              "Its directory holds "
                  + steps.kept()
                  + ": rename one of them to "
                  + target.getName()
                  + ".")
          .causedBy(HadoopFailures.of("write", at, failure))
          .exception();
    }
  }

  /** Whether the temporary file may be thrown away after a failure. */
  boolean mayDiscard() {
    return mayDiscard;
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

  /** The rename says only that it failed: whether because of what is there is asked afterwards. */
  private void refuseTaken(Exception failure, boolean replace) throws TransferException {
    boolean directory;
    try {
      directory = store.fileSystem().getFileStatus(target).isDirectory();
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return;
    }
    boolean unexplained =
        HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.NETWORK;
    if (directory || (!replace && unexplained)) {
      throw Problem.cannot("write", at.text())
          .because(directory ? "a directory has this name" : "a file has this name")
          .kind(FailureKind.CONFLICT)
          .remedy(FailureAdvice.of(FailureKind.CONFLICT, at))
          .causedBy(failure)
          .exception();
    }
  }
}
