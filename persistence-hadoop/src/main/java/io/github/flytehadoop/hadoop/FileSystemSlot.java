/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file system that is made once even when many threads ask; a failure is not remembered. */
final class FileSystemSlot {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystemSlot.class);

  /** Makes what is to be in the slot. */
  interface Making {
    FileSystem make() throws IOException;
  }

  private @Nullable FileSystem made;

  synchronized FileSystem get(Making making) throws IOException {
    FileSystem currentFileSystem = made;
    if (currentFileSystem == null) {
      currentFileSystem = making.make();
      made = currentFileSystem;
    }
    return currentFileSystem;
  }

  synchronized @Nullable FileSystem ifMade() {
    return made;
  }

  synchronized void close() {
    FileSystem currentFileSystem = made;
    made = null;
    if (currentFileSystem != null) {
      try {
        currentFileSystem.close();
      } catch (IOException failure) {
        LOG.warn("{} did not close cleanly: {}", currentFileSystem.getUri(), failure.getMessage());
      }
    }
  }
}
