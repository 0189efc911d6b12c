/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import io.github.flytehadoop.store.FileMode;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

/** Modes of files and directories in HDFS. */
final class HdfsModes {
  /** Of a directory that nobody else may enter. */
  static final FsPermission OWNER_ALONE = new FsPermission((short) 0700);

  private HdfsModes() {}

  /** Whether there are modes: what a mount table leads to may have none. */
  static boolean areKept(FileSystem fileSystem) {
    if (!(fileSystem instanceof ViewFileSystem view)) {
      return fileSystem instanceof DistributedFileSystem || fileSystem instanceof WebHdfsFileSystem;
    }
    for (FileSystem child : view.getChildFileSystems()) {
      if (!areKept(child)) {
        return false;
      }
    }
    return true;
  }

  static FileMode of(FileStatus status) {
    return FileMode.of(status.getPermission().toShort());
  }

  /** While it is written, nobody else may read what will not be theirs to read. */
  static FsPermission whileWritten(FileMode mode) {
    return new FsPermission((short) (mode.bits() | FileMode.PRIVATE.bits()));
  }

  static void set(FileSystem fileSystem, Path path, FileMode mode) throws IOException {
    fileSystem.setPermission(path, new FsPermission((short) mode.bits()));
  }
}
