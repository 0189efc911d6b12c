/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New files take the place of old ones where a rename is one step of the store: old files are set
 * aside, new files get their names, old files go. A step that fails takes back the ones before it,
 * so that the old data alone is there, or the new alone.
 *
 * <p>A driver that dies in the middle leaves every old file and every new file whole: at its name,
 * in {@code ._flyte_replaced_JOB} or in Spark's staging directory.
 */
public final class Replacement {
  private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

  private record Move(FileSystem fileSystem, Path from, Path to) {}

  private final String job;
  private final List<SetAside> old = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final Deque<Move> moved = new ArrayDeque<>();

  /** A replacement by a job, whose id is part of the names that it needs. */
  public Replacement(String job) {
    this.job = job;
  }

  /** Plans to replace files. */
  public void supersede(SupersededFiles files) {
    if (!files.isEmpty()) {
      old.add(new SetAside(files, job));
    }
  }

  /** Plans to move one file. */
  public void move(FileSystem fileSystem, Path from, Path to) {
    moves.add(new Move(fileSystem, from, to));
  }

  /** Plans to move everything that a committer has put below a directory, but for these files. */
  public void moveAll(FileSystem fileSystem, Path from, Path to, Set<Path> others)
      throws IOException {
    Path root = fileSystem.makeQualified(from);
    if (!fileSystem.exists(root)) {
      return;
    }
    RemoteIterator<LocatedFileStatus> listing = fileSystem.listFiles(root, true);
    while (listing.hasNext()) {
      Path file = listing.next().getPath();
      String relative = root.toUri().relativize(file.toUri()).getPath();
      if (!others.contains(file) && !relative.startsWith("_temporary/")) {
        move(fileSystem, file, new Path(to, new Path(null, null, relative)));
      }
    }
  }

  /**
   * Carries the plan out.
   *
   * @throws IOException when the store refuses a step; the old files are where they were then, or
   *     the log says where they are
   */
  public void run() throws IOException {
    boolean done = false;
    try {
      for (SetAside each : old) {
        each.begin();
      }
      for (Move move : moves) {
        removeMarker(move);
        new Renames(move.fileSystem()).move(move.from(), move.to());
        moved.push(move);
      }
      done = true;
    } finally {
      if (!done) {
        takeBack();
      }
    }
    old.forEach(SetAside::end);
  }

  /** A file that says something about the whole directory has the same name in every job. */
  private static void removeMarker(Move move) throws IOException {
    String name = move.to().getName();
    if (name.startsWith("_")) {
      move.fileSystem().delete(move.to(), false);
    }
  }

  private void takeBack() {
    while (!moved.isEmpty()) {
      Move move = moved.pop();
      try {
        new Renames(move.fileSystem()).move(move.to(), move.from());
      } catch (IOException failure) {
        LOG.error("{} is of a job that has failed: {}", move.to(), failure.getMessage());
      }
    }
    for (SetAside each : old) {
      try {
        each.undo();
      } catch (IOException failure) {
        LOG.error(failure.getMessage());
      }
    }
  }
}
