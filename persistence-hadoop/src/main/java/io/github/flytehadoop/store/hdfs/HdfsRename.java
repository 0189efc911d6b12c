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

  static void run(FileSystem fileSystem, Path from, Path to, Options.Rename mode)
      throws IOException {
    FileSystem mounted = fileSystem;
    Path source = from;
    Path target = to;
    if (mounted instanceof ViewFileSystem view) {
      source = view.resolvePath(from);
      target = new Path(source.getParent(), to.getName());
      mounted = childOf(view, source);
    }
    new AtomicRename(mounted).run(source, target, mode);
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
