/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.hadoop.s3.DirectoryMarkers;
import io.github.flytehadoop.hadoop.s3.PendingUploads;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.location.StoreKind;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committers of stores where a rename is a copy or a request: S3A's and the one of manifests.
 * They put a job's files at their names when the job is committed. Neither may end what other jobs
 * have begun in the same directory.
 */
final class DirectCommitters {
  private static final Logger LOG = LoggerFactory.getLogger(DirectCommitters.class);
  private static final String S3_COMMITTER = "fs.s3a.committer.name";
  private static final String S3_JOB = "fs.s3a.committer.uuid";
  private static final String S3_ABORTS = "fs.s3a.committer.abort.pending.uploads";

  /** What the committer of manifests names its directories after. */
  private static final String MANIFEST_JOB = "spark.sql.sources.writeJobUUID";

  /** Of Hadoop 3.3.5 and later. */
  private static final boolean MANIFESTS =
      isThere("org.apache.hadoop.mapreduce.lib.output.committer.manifest.ManifestCommitterFactory");

  private static final String KEEPS_WORK = FileOutputCommitter.FILEOUTPUTCOMMITTER_CLEANUP_SKIPPED;

  private final Path root;
  private final String job;
  private final boolean isS3;
  private boolean abortsUploads;
  private boolean removesWork;

  DirectCommitters(Path root, String job) {
    this.root = root;
    this.job = job;
    this.isS3 = StoreKind.of(Scheme.of(root.toString())) == StoreKind.S3;
  }

  /** Whether files below a path are published by one of them. */
  static boolean serve(String path) {
    String scheme = Scheme.of(path);
    return Scheme.hasBuckets(scheme) && (MANIFESTS || StoreKind.of(scheme) == StoreKind.S3);
  }

  /** Whether this Hadoop has the committer of manifests; without it we stage a job's files. */
  static boolean hasManifests() {
    return MANIFESTS;
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, DirectCommitters.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException older) {
      return false;
    }
  }

  static void name(Configuration configuration, String job) {
    configuration.set(MANIFEST_JOB, job);
  }

  PathOutputCommitter committer(TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    name(configuration, job);
    if (isS3) {
      if (isDefault(configuration, S3_COMMITTER)) {
        configuration.set(S3_COMMITTER, "magic");
      }
      configuration.set(S3_JOB, job);
      // done here after the job: S3A ends the uploads of others, too, and fails a job whose loser
      // ends its own upload at the same time
      abortsUploads = configuration.getBoolean(S3_ABORTS, true);
      configuration.setBoolean(S3_ABORTS, false);
      return PathOutputCommitterFactory.createCommitter(root, context);
    }
    // done here after the job: the committer removes the work of other jobs, too
    removesWork = !configuration.getBoolean(KEEPS_WORK, false);
    configuration.setBoolean(KEEPS_WORK, true);
    return PathOutputCommitterFactory.createCommitter(root, context);
  }

  /** Whether nobody but Hadoop has said something about a key. */
  private static boolean isDefault(Configuration configuration, String key) {
    @Nullable String[] sources = configuration.getPropertySources(key);
    String origin = sources == null || sources.length == 0 ? null : sources[0];
    return configuration.getRaw(key) == null || "core-default.xml".equals(origin);
  }

  /**
   * Ends the uploads of this job's tasks that were killed, removes its directory of work, and the
   * object that says "directory" where readers look for data.
   */
  void tidy(Configuration configuration) {
    try {
      FileSystem fileSystem = root.getFileSystem(configuration);
      if (isS3) {
        if (abortsUploads) {
          PendingUploads.abortBelow(fileSystem, root, job);
        }
        DirectoryMarkers.removeFromFull(fileSystem, root);
      } else if (removesWork) {
        removeWork(fileSystem);
      }
    } catch (IOException failure) {
      // what the job has published, or not, stands
      LOG.warn("{} was not tidied up after a job: {}", root, failure.getMessage());
    }
  }

  private void removeWork(FileSystem fileSystem) throws IOException {
    Path work = new Path(root, FileOutputCommitter.PENDING_DIR_NAME);
    fileSystem.delete(new Path(work, job), true);
    try {
      if (fileSystem.exists(work) && fileSystem.listStatus(work).length == 0) {
        fileSystem.delete(work, false);
      }
    } catch (PathIsNotEmptyDirectoryException busy) {
      LOG.debug("{} has the work of another job", work);
    }
  }
}
