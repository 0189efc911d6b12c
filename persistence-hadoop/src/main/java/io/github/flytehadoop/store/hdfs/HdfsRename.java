/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;

/**
 * The rename that can replace. It is atomic in HDFS alone, so behind a mount table it is asked of
 * the file system that is mounted; a temporary name is beside its target, hence in the same.
 */
final class HdfsRename {
  private HdfsRename() {}

  /**
   * Where a path really is.
   *
   * @param fileSystem what is mounted there
   * @param path in it
   */
  record Mounted(FileSystem fileSystem, Path path) {
    /** The file system without wrappers around it. */
    FileSystem raw() {
      FileSystem raw = fileSystem;
      while (raw instanceof FilterFileSystem wrapper) {
        raw = wrapper.getRawFileSystem();
      }
      return raw;
    }
  }

  /** Finds a path that exists; behind a mount table that takes a request. */
  static Mounted mounted(FileSystem fileSystem, Path path) throws IOException {
    if (fileSystem instanceof ViewFileSystem view) {
      Path resolved = view.resolvePath(path);
      return new Mounted(childOf(view, resolved), resolved);
    }
    return new Mounted(fileSystem, path);
  }

  static void run(FileSystem fileSystem, Path from, Path to, Options.Rename mode)
      throws IOException {
    Mounted source = mounted(fileSystem, from);
    Path target =
        fileSystem instanceof ViewFileSystem
            ? new Path(source.path().getParent(), to.getName())
            : to;
    new AtomicRename(source.fileSystem()).run(source.path(), target, mode);
  }

  private static FileSystem childOf(ViewFileSystem view, Path resolved) throws IOException {
    for (FileSystem child : view.getChildFileSystems()) {
      URI root = child.getUri();
      if (root.getScheme().equals(resolved.toUri().getScheme())
          && Objects.equals(root.getAuthority(), resolved.toUri().getAuthority())) {
        return child;
      }
    }
    throw new IOException("no mounted file system has " + resolved);
  }

  /** Reaches the rename that can replace: {@link FileSystem} keeps it protected. */
  private static final class AtomicRename extends FilterFileSystem {
    AtomicRename(FileSystem fileSystem) {
      super(fileSystem);
    }

    void run(Path from, Path to, Options.Rename mode) throws IOException {
      rename(from, to, mode);
    }
  }
}
