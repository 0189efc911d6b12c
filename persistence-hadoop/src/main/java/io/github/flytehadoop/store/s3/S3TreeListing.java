/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.s3;

import io.github.flytehadoop.hadoop.s3.check.UnnameableKeys;
import io.github.flytehadoop.store.hadoop.UnsupportedStatus;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.IOUtils;
import org.jspecify.annotations.Nullable;

/** S3A's listing of a tree, with the keys that S3A would drop or rename. */
final class S3TreeListing implements RemoteIterator<FileStatus>, Closeable {
  private final Path root;
  private final String prefix;
  private final UnnameableKeys keys;
  private final RemoteIterator<? extends FileStatus> entries;
  private @Nullable FileStatus ahead;

  private S3TreeListing(FileSystem fileSystem, Path root, UnnameableKeys keys, String prefix)
      throws IOException {
    this.root = root;
    this.prefix = prefix;
    this.keys = keys;
    this.entries = fileSystem.listFiles(root, true);
  }

  @SuppressWarnings("MustBeClosedChecker") // the listing closes the keys
  static S3TreeListing start(FileSystem fileSystem, Path root) throws IOException {
    String prefix = root.isRoot() ? "" : root.toUri().getPath().substring(1) + "/";
    UnnameableKeys keys = UnnameableKeys.below(root.toUri().getAuthority(), prefix);
    try {
      return new S3TreeListing(fileSystem, root, keys, prefix);
    } catch (IOException | RuntimeException failure) {
      keys.close();
      throw failure;
    }
  }

  @Override
  public boolean hasNext() throws IOException {
    if (ahead == null) {
      boolean more = entries.hasNext();
      Map.Entry<String, String> odd = keys.poll();
      if (odd != null) {
        ahead =
            new UnsupportedStatus(odd.getKey().substring(prefix.length()), odd.getValue(), root);
      } else if (more) {
        ahead = entries.next();
      }
    }
    return ahead != null;
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

  @Override
  public void close() {
    keys.close();
    if (entries instanceof Closeable closeable) {
      IOUtils.closeStream(closeable);
    }
  }
}
