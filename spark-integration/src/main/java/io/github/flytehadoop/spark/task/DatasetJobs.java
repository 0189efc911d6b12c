/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import io.github.flytehadoop.FileAccessProvider;
import io.github.flytehadoop.spark.TaskEvents;
import java.io.IOException;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.MultipartUploader;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that write a dataset. Unless they succeed, what they wrote is removed: Spark cleans up
 * when it gives up, but does not wait for executors, which write a little longer.
 */
final class DatasetJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetJobs.class);
  private static final String MARKERS = "fs.s3a.capability.directory.marker.aware";
  private static final String GROUP = "spark.jobGroup.id";

  private final SparkSession spark;
  private final FileAccessProvider provider;
  private final String uri;
  private final TaskEvents events;
  private final @Nullable String groupBefore;
  private boolean succeeded;

  /** From here on the jobs of this thread are those of the dataset. */
  DatasetJobs(SparkSession spark, FileAccessProvider provider, String uri) {
    this.spark = spark;
    this.provider = provider;
    this.uri = uri;
    this.groupBefore = spark.sparkContext().getLocalProperty(GROUP);
    this.events = new TaskEvents(uri);
    spark.sparkContext().addSparkListener(events);
    spark.sparkContext().setLocalProperty(GROUP, uri);
  }

  void succeeded() {
    succeeded = true;
  }

  @Override
  public void close() {
    spark.sparkContext().setLocalProperty(GROUP, groupBefore);
    if (!succeeded) {
      remove();
    }
    spark.sparkContext().removeSparkListener(events);
  }

  /** The directory is the dataset's own, with a random name. */
  private void remove() {
    boolean interrupted = Thread.interrupted();
    try {
      spark.sparkContext().cancelJobGroup(uri);
      events.await();
      FileSystem fileSystem = provider.getFileSystemForPath(uri);
      Path directory = new Path(uri);
      abortUploads(fileSystem, directory);
      fileSystem.delete(directory, true);
      if (fileSystem.hasPathCapability(directory, MARKERS)) {
        deleteMarkers(fileSystem, directory);
      }
    } catch (IOException | RuntimeException unremoved) {
      LOG.warn("What was written of a dataset stays: {}", unremoved.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** S3A makes a marker of the directory above where it deletes the last file, and so upwards. */
  private static void deleteMarkers(FileSystem fileSystem, Path directory) throws IOException {
    try {
      Path above = directory.getParent();
      while (above != null && !above.isRoot() && fileSystem.delete(above, false)) {
        above = above.getParent();
      }
    } catch (PathIsNotEmptyDirectoryException used) {
      LOG.debug("{} is beside other data", directory);
    }
  }

  private static void abortUploads(FileSystem fileSystem, Path directory) throws IOException {
    if (!fileSystem.hasPathCapability(directory, CommonPathCapabilities.FS_MULTIPART_UPLOADER)) {
      return;
    }
    try (MultipartUploader uploads = fileSystem.createMultipartUploader(directory).build()) {
      uploads.abortUploadsUnderPath(directory).join();
    }
  }
}
