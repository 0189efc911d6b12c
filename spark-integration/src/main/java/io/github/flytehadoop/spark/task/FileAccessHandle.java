/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.transfer.PendingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Objects;

/**
 * Files for the functions that executors run: a function that captures it has the stores and
 * credentials of the driver. Executors know nothing else of the task.
 */
public final class FileAccessHandle implements Serializable {
  private static final long serialVersionUID = 1L;

  /** It travels as a handle of its own. */
  private final FileAccessProvider provider;

  FileAccessHandle(FileAccessProvider provider) {
    this.provider = Objects.requireNonNull(provider, "provider");
  }

  /** The bytes of a file; close the stream. */
  public InputStream openRead(String uri) throws IOException {
    return provider.openRead(uri);
  }

  /** A new file, which only {@link PendingOutput#commit()} publishes. */
  public PendingOutput openWrite(String uri) throws IOException {
    return provider.openWrite(uri);
  }

  /** For everything else. Do not close it: all functions of the executor share it. */
  public FileAccessProvider provider() {
    return provider;
  }
}
