/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;

/** Chooses the instance whose parts fit a file: connectors fix the size of parts per instance. */
public interface FileSystemBySize {
  /** The file system that writes a file of this length; negative when it is unknown. */
  FileSystem forLength(long lengthBytes) throws IOException;
}
