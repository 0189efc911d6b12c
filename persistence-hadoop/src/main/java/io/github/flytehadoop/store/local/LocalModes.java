/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.local;

import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.store.FileMode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Modes of files and directories on the local disk. */
final class LocalModes {
  /** Windows has none. */
  static final boolean KEPT =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private LocalModes() {}

  static FileMode of(Location at, Path path) throws TransferException {
    try {
      return FileMode.of(Files.getPosixFilePermissions(path));
    } catch (IOException failure) {
      throw LocalFailures.ofRead("read the mode of", at, path, failure);
    }
  }

  /** Through no link below the root. */
  static void set(Location at, Path directory, Path root, FileMode mode) throws TransferException {
    Path top = root.toAbsolutePath();
    try (LocalHandle above = LocalHandle.open(top);
        LocalHandle found = above.descend(top.relativize(directory.toAbsolutePath()))) {
      found.setMode(mode);
    } catch (IOException failure) {
      throw LocalFailures.ofRead("set the mode of", at, directory, failure);
    }
  }
}
