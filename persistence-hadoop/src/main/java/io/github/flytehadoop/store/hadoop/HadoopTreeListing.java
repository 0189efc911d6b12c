/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.store.ReservedNames;
import io.github.flytehadoop.store.failure.HadoopFailures;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.InvalidPathHandleException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The files below a directory and its empty directories, one listing a directory. The walk keeps
 * one listing for each level and no recursion, so depth costs no stack, and a directory with a
 * million directories in it costs no more memory than a page of its listing (F91).
 */
public final class HadoopTreeListing implements RemoteIterator<FileStatus>, Closeable {
  private static final class Level {
    final @Nullable FileStatus directory;
    final RemoteIterator<FileStatus> entries;
    boolean empty = true;

    Level(@Nullable FileStatus directory, RemoteIterator<FileStatus> entries) {
      this.directory = directory;
      this.entries = entries;
    }
  }

  /** Lists what is directly in a directory. */
  public interface Lister {
    /** The entries, or why there are none. */
    RemoteIterator<FileStatus> list(Path directory) throws IOException;
  }

  private final Lister lister;
  private final Path root;
  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable FileStatus ahead;

  /** A walk of everything below a directory. */
  public HadoopTreeListing(FileSystem fileSystem, Path root) throws IOException {
    this(fileSystem::listStatusIterator, root);
  }

  /** The same by listings of its directories that somebody else makes. */
  public HadoopTreeListing(Lister lister, Path root) throws IOException {
    this.lister = lister;
    this.root = root;
    RemoteIterator<FileStatus> top = lister.list(root);
    top.hasNext(); // some file systems ask only now whether there is a root
    levels.push(new Level(null, top));
  }

  /**
   * Whether there is more.
   *
   * @throws InvalidPathHandleException when a directory below the root vanished, which does not
   *     mean that the root is absent
   */
  @Override
  public boolean hasNext() throws IOException {
    try {
      return advance();
    } catch (FileNotFoundException vanished) {
      InvalidPathHandleException changed =
          new InvalidPathHandleException("a directory in it vanished meanwhile");
      changed.addSuppressed(vanished); // as a cause it would count as an absent root
      throw changed;
    }
  }

  private boolean advance() throws IOException {
    while (ahead == null && !levels.isEmpty()) {
      Level level = levels.element();
      if (entriesOf(level)) {
        level.empty = false;
        take(level.entries.next());
      } else if (ahead == null) {
        close(levels.remove());
        ahead = level.empty ? level.directory : null;
      }
    }
    return ahead != null;
  }

  /** Some file systems refuse a directory only when its first entry is asked for. */
  private boolean entriesOf(Level level) throws IOException {
    try {
      return level.entries.hasNext();
    } catch (IOException failure) {
      FileStatus directory = level.directory;
      if (directory == null || !level.empty || !isDenied(failure)) {
        throw failure;
      }
      close(levels.remove());
      ahead = new UnsupportedStatus(directory, failure);
      return false;
    }
  }

  private static boolean isDenied(IOException failure) {
    return HadoopFailures.kindOf(failure, FailureKind.CONFLICT) == FailureKind.ACCESS_DENIED;
  }

  private void take(FileStatus entry) throws IOException {
    if (!entry.isDirectory() || ReservedNames.isName(entry.getPath().getName())) {
      ahead = entry; // parts of a file on its way are nobody's business
    } else if (isBelowRoot(entry)) {
      descend(entry);
    } else {
      // handed on, so that the listing refuses it instead of walking out of the tree
      ahead = entry;
    }
  }

  private void descend(FileStatus directory) throws IOException {
    try {
      levels.push(new Level(directory, lister.list(directory.getPath())));
    } catch (IOException failure) {
      if (!isDenied(failure)) {
        throw failure;
      }
      ahead = new UnsupportedStatus(directory, failure);
    }
  }

  private boolean isBelowRoot(FileStatus entry) {
    String below = root.isRoot() ? "/" : root.toUri().getPath() + "/";
    return entry.getPath().toUri().getPath().startsWith(below);
  }

  @Override
  public FileStatus next() throws IOException {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    FileStatus entry = ahead;
    ahead = null;
    return entry;
  }

  private static void close(Level level) {
    if (level.entries instanceof Closeable closeable) {
      IOUtils.closeStream(closeable);
    }
  }

  @Override
  public void close() {
    levels.forEach(HadoopTreeListing::close);
    levels.clear();
  }
}
