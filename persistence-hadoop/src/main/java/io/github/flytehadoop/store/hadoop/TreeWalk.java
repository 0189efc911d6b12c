/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import io.github.flytehadoop.store.Temporary;
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
import org.jspecify.annotations.Nullable;

/**
 * The files below a directory and its empty directories, one listing a directory. No recursion, so
 * depth costs no stack; what is kept is one path for each directory that is still to be listed.
 */
public final class TreeWalk implements RemoteIterator<FileStatus> {
  private final FileSystem fileSystem;
  private final Path root;
  private final Deque<FileStatus> pending = new ArrayDeque<>();
  private RemoteIterator<FileStatus> entries;
  private @Nullable FileStatus emptyUntilSeen;
  private @Nullable FileStatus ahead;

  /** A walk of everything below a directory. */
  public TreeWalk(FileSystem fileSystem, Path root) throws IOException {
    this.fileSystem = fileSystem;
    this.root = root;
    this.entries = fileSystem.listStatusIterator(root);
    this.entries.hasNext(); // some file systems ask only now whether there is a root
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
    while (ahead == null) {
      if (entries.hasNext()) {
        take(entries.next());
      } else if (emptyUntilSeen != null) {
        ahead = emptyUntilSeen;
        emptyUntilSeen = null;
      } else if (pending.isEmpty()) {
        return false;
      } else {
        emptyUntilSeen = pending.pop();
        entries = fileSystem.listStatusIterator(emptyUntilSeen.getPath());
      }
    }
    return true;
  }

  private void take(FileStatus entry) {
    emptyUntilSeen = null;
    if (!entry.isDirectory()) {
      ahead = entry;
    } else if (Temporary.isName(entry.getPath().getName())) {
      ahead = entry; // parts of a file on its way, which are nobody's business
    } else if (isBelowRoot(entry)) {
      pending.push(entry);
    } else {
      // handed on, so that the listing refuses it instead of walking out of the tree
      ahead = entry;
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
}
