/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.failure.HadoopFailures;
import io.github.flytehadoop.store.failure.RootCause;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a file where a rename replaces none: the old file makes way, the new one takes the name,
 * the old one goes. A failure gives the old file its name again. Should that fail too, both files
 * stay and {@link #kept} names them; none is deleted while the target is absent (F66).
 */
final class TwoStepReplace {
  private static final Logger LOG = LoggerFactory.getLogger(TwoStepReplace.class);

  /** How often others may publish in between before this writer gives up. */
  private static final int ROUNDS = 50;

  /**
   * How often a name may be refused for a file that is not there any more when it is looked for.
   */
  private static final int MOST_UNSEEN = 5;

  /** What became of a round in which something failed. */
  private enum Outcome {
    /** Only the answer was lost. */
    DONE,
    /** Another writer has published in between. */
    OVERTAKEN,
    /** The old file has its name, or {@link #kept} says where it is. */
    FAILED
  }

  private final FileSystem files;
  private final Path target;
  private final Path aside;
  private boolean mayBeAside;
  private boolean waySettled;
  private int unseen;
  private @Nullable FileStatus old;
  private @Nullable String kept;

  TwoStepReplace(RenamingStore store, Path target, String tag) {
    this.files = store.fileSystem();
    this.target = target;
    this.aside =
        RenamingStore.beside(
            target, ReservedNames.asideName(store.temporaryName(tag), target.getName()));
  }

  /** Which files stayed under other names because none could take that of the target, or null. */
  @Nullable String kept() {
    return kept;
  }

  /** Gives the target's name to a finished file. */
  void run(Path temporary, FileStatus sent) throws IOException {
    for (int round = 1; ; round++) {
      try {
        waySettled = false;
        makeWay();
        waySettled = true;
        rename(temporary, target);
        break;
      } catch (IOException | RuntimeException failure) {
        Outcome[] outcome = {Outcome.FAILED};
        Uninterruptibles.run(() -> outcome[0] = settle(temporary, sent, failure));
        if (outcome[0] == Outcome.DONE) {
          break;
        }
        if (outcome[0] == Outcome.FAILED || round == ROUNDS) {
          throw failure;
        }
      }
    }
    Uninterruptibles.run(this::removeAside);
  }

  private void makeWay() throws IOException {
    FileStatus there = status(target);
    old = there;
    if (there == null) {
      return;
    }
    if (there.isDirectory()) {
      throw new PathIsDirectoryException(target.toString());
    }
    mayBeAside = true;
    try {
      rename(target, aside);
    } catch (IOException | RuntimeException failure) {
      boolean[] moved = {false};
      Uninterruptibles.run(() -> moved[0] = isAside(failure));
      if (!moved[0]) {
        old = failure instanceof FileNotFoundException ? null : there;
        throw failure;
      }
    }
  }

  /** Whether only the answer was lost: nobody else knows that name. */
  private boolean isAside(Exception failure) {
    try {
      return status(aside) != null && status(target) == null;
    } catch (IOException | RuntimeException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }

  /** After a failure: the new file is there, or another's, or the old one comes back. */
  private Outcome settle(Path temporary, FileStatus sent, Exception failure) {
    try {
      FileStatus there = status(target);
      return there == null
          ? putBack(saysTaken(failure))
          : isSent(there, sent) && status(temporary) == null ? Outcome.DONE : leave(there);
    } catch (IOException | RuntimeException unsettled) {
      LOG.warn("{} could not be put back: {}", target, RootCause.why(unsettled));
      if (mayBeAside) {
        kept = aside.getName() + " (the old file) and " + temporary.getName() + " (the new one)";
      }
      return Outcome.FAILED;
    }
  }

  /** The target is absent. */
  private Outcome putBack(boolean taken) throws IOException {
    boolean isAside = status(aside) != null;
    FileStatus newer = isAside ? giveBack() : null;
    if (newer != null) {
      return leave(newer);
    }
    // another writer's file has made way, and that writer is about to publish; so it may be when
    // ours was refused the name that nobody has now, or that is a failure which stays
    boolean failed = (isAside && !taken) || (waySettled && ++unseen > MOST_UNSEEN);
    return failed ? Outcome.FAILED : Outcome.OVERTAKEN;
  }

  /** Gives the old file its name again, unless another's has it by now: that is returned. */
  private @Nullable FileStatus giveBack() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        rename(aside, target);
        return null;
      } catch (IOException | RuntimeException failure) {
        FileStatus there = status(target);
        if (there != null) {
          return there;
        }
        if (!saysTaken(failure) || tries == MOST_UNSEEN) {
          throw failure;
        }
      }
    }
  }

  /** The target is there, and not ours; no file can be given the name of a directory. */
  private Outcome leave(FileStatus there) throws IOException {
    if (status(aside) != null) {
      if (there.isDirectory()) {
        throw new PathIsDirectoryException(target.toString());
      }
      files.delete(aside, false);
    }
    return there.isFile() && (waySettled || !isOld(there)) ? Outcome.OVERTAKEN : Outcome.FAILED;
  }

  /** Whether it is the file that was to make way, and not one that came since. */
  private boolean isOld(FileStatus there) {
    FileStatus seen = old;
    return seen != null
        && there.getLen() == seen.getLen()
        && there.getModificationTime() == seen.getModificationTime();
  }

  private static boolean isSent(FileStatus there, FileStatus sent) {
    return there.isFile() && there.getLen() == sent.getLen();
  }

  private void removeAside() {
    try {
      if (status(aside) != null) {
        files.delete(aside, false);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The replaced file {} could not be removed: {}", aside, RootCause.why(failure));
    }
  }

  private @Nullable FileStatus status(Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException absent) {
      return null;
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new RefusedRename("the store did not rename " + from.getName());
    }
  }

  /**
   * Whether a rename may have failed for the name alone; a store that says just no has no other.
   */
  private static boolean saysTaken(Exception failure) {
    return failure instanceof RefusedRename
        || HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.CONFLICT;
  }

  /** The answer of a store that gives no reason. */
  private static final class RefusedRename extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedRename(String message) {
      super(message);
    }
  }
}
