/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.RelativePath;
import io.github.flytehadoop.store.Attributes;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory from its leaves up. A link is deleted, never followed, and every entry is
 * deleted relative to its open directory, so that nothing outside the tree is touched, whoever
 * changes it meanwhile.
 */
final class LocalTreeDelete {
  private static final class Level {
    final LocalDirectory directory;
    boolean progress;

    Level(LocalDirectory directory) {
      this.directory = directory;
    }
  }

  private final Deque<Level> levels = new ArrayDeque<>();

  private LocalTreeDelete() {}

  /**
   * Deletes a file, a link, or a directory with all that is below it.
   *
   * @throws TransferException of kind {@code UNSUPPORTED} for a path that ends with {@code .} or
   *     {@code ..}, of kind {@code CONFLICT} for the root of the disk, whatever it is called
   */
  static void delete(Location at, Path path, Attributes attributes) throws IOException {
    String last = String.valueOf(path.getFileName());
    if (last.equals(".") || last.equals("..")) {
      String why = "its last part is " + last + ", which is another name of a directory";
      throw LocalFailures.of(FailureKind.UNSUPPORTED, "delete", at, why, null);
    }
    BasicFileAttributes found = LocalEntry.notFollowing(path);
    if (!found.isDirectory()) {
      Files.delete(path);
      return;
    }
    refuse(!attributes.isDirectory(), at, "it is a directory now");
    refuse(isRoot(path), at, "it is the root");
    deleteTree(path.toRealPath());
  }

  /** A mount of the root somewhere else is the same directory, and has the same identity. */
  static boolean isRoot(Path path) throws IOException {
    if (path.toRealPath().getParent() == null) {
      return true;
    }
    Object key = LocalEntry.following(path).fileKey();
    for (Path root : path.getFileSystem().getRootDirectories()) {
      if (key != null && key.equals(LocalEntry.following(root).fileKey())) {
        return true;
      }
    }
    return false;
  }

  private static void refuse(boolean wrong, Location at, String why) throws TransferException {
    if (wrong) {
      throw LocalFailures.of(FailureKind.CONFLICT, "delete", at, why, null);
    }
  }

  /** Deletes files and links below a directory, through no link; those that are gone are gone. */
  static void deleteFiles(Location directory, Path path, Iterator<RelativePath> files)
      throws IOException {
    refuse(isRoot(path), directory, "it is the root");
    Path before = path.getFileSystem().getPath("");
    LocalHandle top = LocalHandle.open(path);
    LocalHandle open = top;
    try {
      while (files.hasNext()) {
        RelativePath file = files.next();
        Path relative = path.getFileSystem().getPath(file.value());
        Path parent = relative.resolveSibling("");
        try {
          if (!parent.equals(before)) {
            LocalHandle next = top.descend(parent);
            closeUnless(top, open);
            open = next;
            before = parent;
          }
          deleteFile(directory.child(file), open, relative.getFileName());
        } catch (NoSuchFileException gone) {
          // which is what was asked for
        }
      }
    } finally {
      closeUnless(top, open);
      top.close();
    }
  }

  private static void closeUnless(LocalHandle top, LocalHandle open) throws IOException {
    if (open != top) {
      open.close();
    }
  }

  private static void deleteFile(Location at, LocalHandle directory, Path name) throws IOException {
    refuse(directory.attributes(name).isDirectory(), at, "it is a directory now");
    directory.deleteFile(name);
  }

  private static void deleteTree(Path root) throws IOException {
    Path name = root.getFileName();
    Path parent = root.toAbsolutePath().getParent();
    if (name == null || parent == null) {
      throw new IllegalArgumentException("The root has no name to delete.");
    }
    try (LocalDirectory above = LocalDirectory.openToUse(parent)) {
      new LocalTreeDelete().delete(above, name);
    }
  }

  private void delete(LocalDirectory above, Path root) throws IOException {
    try {
      levels.push(new Level(above));
      levels.push(new Level(above.child(root)));
      while (levels.size() > 1) {
        step(levels.element());
      }
    } finally {
      for (Level level : levels) {
        level.directory.close();
      }
    }
  }

  private void step(Level level) throws IOException {
    Path name = level.directory.next();
    if (name == null) {
      leave(level);
    } else if (level.directory.attributes(name).isDirectory()) {
      levels.push(new Level(level.directory.child(name)));
    } else {
      level.directory.handle().deleteFile(name);
      level.progress = true;
    }
  }

  /** Some file systems skip entries while others are deleted: look again as long as that helps. */
  private void leave(Level level) throws IOException {
    level.directory.close();
    levels.remove();
    @Nullable Level above = levels.peek();
    Path name = level.directory.path().getFileName();
    if (above == null || name == null) {
      return;
    }
    try {
      above.directory.handle().deleteDirectory(name);
    } catch (DirectoryNotEmptyException notEmpty) {
      if (!level.progress) {
        throw notEmpty;
      }
      level.progress = false;
      level.directory.restart();
      levels.push(level);
      return;
    }
    above.progress = true;
  }
}
