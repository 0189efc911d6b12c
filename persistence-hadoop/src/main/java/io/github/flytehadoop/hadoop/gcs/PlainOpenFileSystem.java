/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.impl.OpenFileParameters;

/**
 * The connector of GCS on a Hadoop older than 3.3.5, which lacks the options that the connector
 * looks for when readers of text open a file. They are hints: the file is opened without them.
 *
 * <p>Hadoop makes instances by the name in {@code fs.gs.impl}.
 */
public final class PlainOpenFileSystem extends GoogleHadoopFileSystem {
  private static final int BUFFER_BYTES = 4096;

  /** For Hadoop. */
  public PlainOpenFileSystem() {}

  @Override
  public CompletableFuture<FSDataInputStream> openFileWithOptions(
      Path path, OpenFileParameters parameters) {
    CompletableFuture<FSDataInputStream> opened = new CompletableFuture<>();
    try {
      opened.complete(open(path, BUFFER_BYTES));
    } catch (IOException | RuntimeException failure) {
      opened.completeExceptionally(failure);
    }
    return opened;
  }
}
