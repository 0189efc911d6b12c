/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.store.ReservedNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A name in an open directory, in which a file is written. Below the root of a transfer no link is
 * followed on the way; the way to the root, and all of it where there is no root, is the user's
 * own.
 */
final class LocalPlace implements Closeable {
  private final LocalHandles.Lease lease;
  private final Path directory;
  private final Path name;

  private LocalPlace(LocalHandles.Lease lease, Path directory, Path name) {
    this.lease = lease;
    this.directory = directory;
    this.name = name;
  }

  /** Opens the directory of a target, and makes what is missing of it. */
  static LocalPlace of(LocalHandles handles, Path target, @Nullable Path root) throws IOException {
    Path name = target.getFileName();
    Path directory = target.getParent();
    if (name == null || directory == null) {
      throw new FileAlreadyExistsException(target.toString());
    }
    LocalHandles.Lease lease =
        root == null
            ? handles.lease("", directory, () -> opened(directory))
            : handles.lease(root.toString(), directory, () -> opened(root, directory));
    return new LocalPlace(lease, directory, name);
  }

  private static LocalHandle opened(Path directory) throws IOException {
    Files.createDirectories(directory);
    return LocalHandle.openToUse(directory);
  }

  /** Opens a directory below a root, and makes what is missing, through no link. */
  static LocalHandle opened(Path root, Path directory) throws IOException {
    LocalHandle top = opened(root);
    LocalHandle at = top;
    try {
      for (Path name : root.relativize(directory)) {
        LocalHandle above = at;
        at = childOf(above, name, top);
        if (above != top) {
          above.close();
        }
      }
      return at;
    } catch (IOException failure) {
      at.close();
      throw failure;
    } finally {
      if (at != top) {
        top.close();
      }
    }
  }

  private static LocalHandle childOf(LocalHandle above, Path name, LocalHandle top)
      throws IOException {
    if (name.toString().isEmpty()) {
      return above;
    }
    try {
      return above.childToUse(name);
    } catch (NoSuchFileException missing) {
      make(above, name, top);
      return above.childToUse(name);
    }
  }

  /**
   * Java cannot make a directory relative to an open one, but it can move one there: so a directory
   * is made in the root, which nobody but the user has named, and moved.
   */
  private static synchronized void make(LocalHandle above, Path name, LocalHandle top)
      throws IOException {
    if (isThere(above, name)) {
      return;
    }
    Path fresh = top.path().getFileSystem().getPath(ReservedNames.newName(""));
    Files.createDirectory(top.path().resolve(fresh));
    try {
      top.moveInto(fresh, above, name);
    } catch (IOException failure) {
      top.deleteDirectory(fresh);
      if (!isThere(above, name)) {
        throw failure;
      }
    }
  }

  private static boolean isThere(LocalHandle above, Path name) throws IOException {
    try {
      above.attributes(name);
      return true;
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  LocalHandle handle() {
    return lease.handle();
  }

  Path name() {
    return name;
  }

  /**
   * Compares once more, before a file is published.
   *
   * @throws ReplacedByLinkException when the path leads to another directory now
   */
  void requireInPlace() throws IOException {
    if (!lease.handle().isStillAt(directory)) {
      throw new ReplacedByLinkException(directory);
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
