/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One directory of a walk. Its entries are streamed, so that a million of them need no memory
 * (F91). Far down in a tree it is closed while a directory in it is walked, so that a thousand
 * levels need no thousand open files, and opened again, from the open directory above it, when its
 * turn comes: then its names are kept meanwhile, unless they are too many.
 */
final class LocalDirectory implements Closeable {
  /** Levels that stay open: the first ones, and then one of so many. */
  private static final int MOST_OPEN = 32;

  private static final int MOST_KEPT = 10_000;

  private final @Nullable LocalDirectory from;
  private final Path relative;
  private final Path path;
  private final int depth;
  private final Deque<Path> kept = new ArrayDeque<>();
  private @Nullable LocalHandle handle;
  private @Nullable Iterator<Path> names;
  private final @Nullable Object key;

  private LocalDirectory(
      @Nullable LocalDirectory from, Path relative, int depth, LocalHandle opened) {
    this.from = from;
    this.relative = relative;
    this.path = opened.path();
    this.depth = depth;
    this.handle = opened;
    this.names = opened.names();
    this.key = opened.key();
  }

  /** A directory that a user has named, by its path through no link. */
  static LocalDirectory open(Path real) throws IOException {
    return new LocalDirectory(null, real, 0, LocalHandle.open(real));
  }

  /** The same for somebody who knows the names in it, and need not be allowed to read them. */
  static LocalDirectory openToUse(Path real) throws IOException {
    return new LocalDirectory(null, real, 0, LocalHandle.openToUse(real));
  }

  /** A directory in this one, which is closed meanwhile when it lies far down. */
  LocalDirectory child(Path name) throws IOException {
    LocalDirectory opened = below(name, depth + 1);
    suspend();
    return opened;
  }

  /** A directory below this one, through no link, as a level of the walk. */
  LocalDirectory below(Path path, int level) throws IOException {
    return new LocalDirectory(this, path, level, handle().descend(path));
  }

  Path path() {
    return path;
  }

  /** The directory, opened again when it was closed. */
  LocalHandle handle() throws IOException {
    LocalHandle opened = handle;
    if (opened == null) {
      opened = reopen();
      if (!Objects.equals(opened.key(), key)) {
        opened.close();
        throw new ReplacedByLinkException(path);
      }
      handle = opened;
    }
    return opened;
  }

  /** Whatever has to be opened for it above is closed again. */
  private LocalHandle reopen() throws IOException {
    if (from == null) {
      return LocalHandle.open(path);
    }
    boolean open = from.handle != null;
    LocalHandle above = from.handle();
    try {
      return above.descend(relative);
    } finally {
      if (!open) {
        from.close();
      }
    }
  }

  /** The last component of the next entry's path, or null after the last. */
  @Nullable Path next() throws IOException {
    if (!kept.isEmpty()) {
      return kept.remove();
    }
    try {
      return names != null && names.hasNext() ? names.next().getFileName() : null;
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
  }

  /** What an entry is; a link is a link. */
  BasicFileAttributes attributes(Path name) throws IOException {
    return handle().attributes(name);
  }

  /** Begins anew with the first entry. */
  void restart() throws IOException {
    close();
    kept.clear();
    names = handle().names();
  }

  /** Closes it, when it lies far down, until it is asked for again. */
  void suspend() throws IOException {
    if (depth < MOST_OPEN || depth % MOST_OPEN == 0 || handle == null) {
      return;
    }
    try {
      while (names != null && names.hasNext()) {
        if (kept.size() >= MOST_KEPT) {
          return;
        }
        kept.add(names.next().getFileName());
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    names = null;
    close();
  }

  @Override
  public void close() throws IOException {
    LocalHandle opened = handle;
    handle = null;
    if (opened != null) {
      opened.close();
    }
  }
}
