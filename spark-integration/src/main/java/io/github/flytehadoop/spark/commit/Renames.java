/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Renames single files; a directory could end up inside one that another job has just made. */
final class Renames {
  private final FileSystem fileSystem;
  private final Set<Path> made = new HashSet<>();

  Renames(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Moves a file to a name that is free. */
  void move(Path from, Path to) throws IOException {
    Path parent = to.getParent();
    if (made.add(parent)) {
      fileSystem.mkdirs(parent);
    }
    if (fileSystem.rename(from, to)) {
      return;
    }
    // another job may have removed the directory when it was empty
    fileSystem.mkdirs(parent);
    if (!fileSystem.rename(from, to)) {
      throw Problem.cannot("move", from)
          .because("the store did not rename it to " + to)
          .remedy("Check the rights on both, and whether one of them was moved meanwhile.")
          .kind(FailureKind.CONFLICT)
          .exception();
    }
  }

  /** Moves a file unless somebody has removed it. */
  boolean moveIfThere(Path from, Path to) throws IOException {
    try {
      move(from, to);
      return true;
    } catch (IOException failure) {
      if (failure instanceof FileNotFoundException || !fileSystem.exists(from)) {
        return false;
      }
      throw failure;
    }
  }
}
