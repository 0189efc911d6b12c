/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.commit;

import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of a commit that need to know nothing of its job. */
public final class CommitSteps {
  private static final Logger LOG = LoggerFactory.getLogger(CommitSteps.class);

  private CommitSteps() {}

  /** Asks a store. */
  public interface Asking<T> {
    /** Asks once. */
    T ask() throws IOException;
  }

  /** Asks a store where Spark's interface allows no checked exception. */
  public static <T> T unchecked(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure.getMessage(), failure);
    }
  }

  /** Readers of other systems take Hadoop's {@code .crc} files on local disks for data. */
  public static void withoutChecksumFiles(Path root, Configuration configuration) {
    FileSystem fileSystem = unchecked(() -> root.getFileSystem(configuration));
    if (StoreKind.of(fileSystem.getUri().getScheme()) == StoreKind.FILE) {
      fileSystem.setWriteChecksum(false);
    }
  }

  /** Deletes what a job staged; the new files are complete whether that works or not. */
  public static void removeStaging(Path staging, Configuration configuration) {
    try {
      staging.getFileSystem(configuration).delete(staging, true);
    } catch (IOException failure) {
      LOG.warn("{} was not deleted: {}", staging, failure.getMessage());
    }
  }
}
