/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hdfs;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory, each once: ABFS lists a directory of a flat account as the object
 * that marks it and as the prefix of what is in it.
 */
final class MarkedDirectories implements RemoteIterator<FileStatus>, Closeable {
  private final RemoteIterator<FileStatus> entries;
  private final Set<String> seen = new HashSet<>();
  private @Nullable FileStatus ahead;

  MarkedDirectories(RemoteIterator<FileStatus> entries) {
    this.entries = entries;
  }

  @Override
  public boolean hasNext() throws IOException {
    while (ahead == null && entries.hasNext()) {
      FileStatus entry = entries.next();
      ahead = isSecond(entry) ? null : entry;
    }
    return ahead != null;
  }

  private boolean isSecond(FileStatus entry) {
    return entry.isDirectory()
        && entry instanceof EtagSource // file systems with real directories have no etags
        && !seen.add(entry.getPath().getName());
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
    if (entries instanceof Closeable closeable) {
      IOUtils.closeStream(closeable);
    }
  }
}
