/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Old files in a hidden directory, which readers pass over, from where they can be put back. They
 * are in it while the new files get their names.
 */
final class SetAside {
  /** Begins the name of the directory; the job's id follows. */
  static final String PREFIX = "._flyte_replaced_";

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private final SupersededFiles old;
  private final Path directory;
  private final Renames renames;
  private final Deque<Path> moved = new ArrayDeque<>();

  SetAside(SupersededFiles old, String job) {
    this.old = old;
    this.directory = new Path(old.root(), PREFIX + job);
    this.renames = new Renames(old.fileSystem());
  }

  void begin() throws IOException {
    for (Path file : old.files()) {
      if (renames.moveIfThere(file, aside(file))) {
        moved.push(file);
      }
    }
  }

  private Path aside(Path file) {
    return new Path(
        directory, old.root().toUri().relativize(file.toUri()).getPath().replaceFirst("^/", ""));
  }

  /** Puts back what was set aside, as far as the store lets it. */
  void undo() throws IOException {
    List<IOException> failures = new ArrayList<>();
    while (!moved.isEmpty()) {
      Path file = moved.pop();
      try {
        renames.move(aside(file), file);
      } catch (IOException failure) {
        failures.add(failure);
      }
    }
    if (failures.isEmpty()) {
      old.fileSystem().delete(directory, true);
      return;
    }
    throw Problem.cannot("put back " + failures.size() + " old files of", old.root())
        .because(String.valueOf(failures.get(0).getMessage()))
        .remedy("They are whole, in " + directory + ". Move them back when the store answers.")
        .kind(FailureKind.CONFLICT)
        .causedBy(failures.get(0))
        .exception();
  }

  /** Deletes them. What cannot be deleted is hidden, and named in the log. */
  void end() {
    try {
      if (!moved.isEmpty() && !old.fileSystem().delete(directory, true)) {
        LOG.warn("{} was not deleted. It holds old files, which readers pass over.", directory);
      }
      old.removeEmptyDirectories();
    } catch (IOException failure) {
      LOG.warn(
          "{} was not deleted: {}. It holds old files, which readers pass over.",
          directory,
          failure.getMessage());
    }
  }
}
