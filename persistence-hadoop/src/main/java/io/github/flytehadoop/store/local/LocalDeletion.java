/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory from its leaves up. A link is deleted, never followed, so that nothing
 * outside the directory is touched.
 */
final class LocalDeletion {
  private static final class Level {
    LocalDirectory directory;
    boolean progress;

    Level(LocalDirectory directory) {
      this.directory = directory;
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();

  private LocalDeletion() {}

  static void deleteTree(Path root) throws IOException {
    new LocalDeletion().delete(root);
  }

  private void delete(Path root) throws IOException {
    try {
      push(root);
      while (!levels.isEmpty()) {
        step(levels.element());
      }
    } finally {
      for (Level level : levels) {
        level.directory.close();
      }
    }
  }

  private void push(Path directory) throws IOException {
    levels.push(new Level(LocalDirectory.open(directory, levels.size())));
  }

  private void step(Level level) throws IOException {
    Path entry = level.directory.next();
    if (entry == null) {
      leave(level);
    } else if (LocalEntry.notFollowing(entry).isDirectory()) {
      push(entry);
    } else {
      Files.delete(entry);
      level.progress = true;
    }
  }

  /** Some file systems skip entries while others are deleted: look again as long as that helps. */
  private void leave(Level level) throws IOException {
    level.directory.close();
    try {
      Files.delete(level.directory.path());
    } catch (DirectoryNotEmptyException notEmpty) {
      if (!level.progress) {
        throw notEmpty;
      }
      level.progress = false;
      level.directory = LocalDirectory.open(level.directory.path(), levels.size() - 1);
      return;
    }
    levels.remove();
    @Nullable Level above = levels.peek();
    if (above != null) {
      above.progress = true;
    }
  }
}
