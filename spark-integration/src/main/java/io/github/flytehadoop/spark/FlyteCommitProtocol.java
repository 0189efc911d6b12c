/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.hadoop.s3.DirectoryMarkers;
import io.github.flytehadoop.hadoop.s3.PendingUploads;
import io.github.flytehadoop.location.Scheme;
import io.github.flytehadoop.spark.commit.SupersededFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * How Spark's writers publish files, chosen by the store: S3 by multipart uploads that the driver
 * completes, without any rename (S3A's magic committer); GCS and Azure by manifests and one rename
 * a file; HDFS and local disks as Spark always does. Attempts that were killed, failed or lost a
 * race leave nothing behind.
 *
 * <p>An overwrite deletes the old files after the new ones are published, so that a job that fails
 * leaves the old data as it was. Spark's own way deletes first.
 *
 * <p>Spark makes instances by the name in {@code spark.sql.sources.commitProtocolClass}.
 */
public final class FlyteCommitProtocol extends SQLHadoopMapReduceCommitProtocol {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(FlyteCommitProtocol.class);
  private static final Set<String> OBJECT_STORES = Set.of(Scheme.S3, "gs", "abfs", "abfss");
  private static final String S3_COMMITTER = "fs.s3a.committer.name";
  private static final String S3_JOB = "fs.s3a.committer.uuid";
  private static final String S3_ABORTS = "fs.s3a.committer.abort.pending.uploads";

  /** What the committer of manifests names its directories after. */
  private static final String MANIFEST_JOB = "spark.sql.sources.writeJobUUID";

  private final String job;
  private final @Nullable String destination;
  private final boolean direct;
  private transient @Nullable PathOutputCommitter committer;
  private transient @Nullable List<SupersededFiles> superseded;
  private transient boolean abortsUploads;
  private transient long written;

  /**
   * As Spark calls it.
   *
   * @param jobId part of every file's name
   * @param path where the files go; {@code null} for formats that write no files
   * @param dynamicPartitionOverwrite whether to replace just the partitions that are written; they
   *     are staged beside the data then, whatever the store
   */
  public FlyteCommitProtocol(
      String jobId, @Nullable String path, boolean dynamicPartitionOverwrite) {
    super(jobId, path, dynamicPartitionOverwrite);
    this.job = jobId;
    this.destination = path;
    this.direct =
        path != null && !dynamicPartitionOverwrite && OBJECT_STORES.contains(Scheme.of(path));
  }

  @Override
  public void setupJob(JobContext context) {
    name(context);
    super.setupJob(context);
  }

  @Override
  public void abortJob(JobContext context) {
    name(context);
    super.abortJob(context);
    tidy(context.getConfiguration());
  }

  /** One name for the job in every step: Spark sets its own between the first and the others. */
  private void name(JobContext context) {
    if (direct) {
      context.getConfiguration().set(MANIFEST_JOB, job);
    }
  }

  @Override
  public OutputCommitter setupCommitter(TaskAttemptContext context) {
    if (!direct || destination == null) {
      return super.setupCommitter(context);
    }
    Configuration configuration = context.getConfiguration();
    if (isDefault(configuration, S3_COMMITTER)) {
      configuration.set(S3_COMMITTER, "magic");
    }
    configuration.set(S3_JOB, job);
    // done here after the job: S3A fails a job whose loser ends its own upload at the same time
    abortsUploads = configuration.getBoolean(S3_ABORTS, true);
    configuration.setBoolean(S3_ABORTS, false);
    name(context);
    try {
      committer = PathOutputCommitterFactory.createCommitter(new Path(destination), context);
      return committer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether nobody but Hadoop has said something about a key. */
  private static boolean isDefault(Configuration configuration, String key) {
    @Nullable String[] sources = configuration.getPropertySources(key);
    String origin = sources == null || sources.length == 0 ? null : sources[0];
    return configuration.getRaw(key) == null || "core-default.xml".equals(origin);
  }

  @Override
  public String newTaskTempFile(
      TaskAttemptContext context, Option<String> directory, FileNameSpec name) {
    written++;
    PathOutputCommitter chosen = committer;
    if (chosen == null || chosen instanceof FileOutputCommitter) {
      return super.newTaskTempFile(context, directory, name);
    }
    try {
      Path work = chosen.getWorkPath();
      Path parent = directory.isDefined() ? new Path(work, directory.get()) : work;
      return new Path(parent, getFilename(context, name)).toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext context) {
    TaskCommitMessage message = super.commitTask(context);
    Meters.filesMoved(written);
    return message;
  }

  @Override
  public boolean deleteWithJob(FileSystem fileSystem, Path path, boolean recursive) {
    try {
      if (!recursive || fileSystem.getFileStatus(path).isFile()) {
        // a directory cannot be written where a file is
        return super.deleteWithJob(fileSystem, path, recursive);
      }
      if (superseded == null) {
        superseded = new ArrayList<>();
      }
      superseded.add(SupersededFiles.below(fileSystem, path));
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void commitJob(JobContext context, Seq<TaskCommitMessage> taskCommits) {
    name(context);
    super.commitJob(context, taskCommits);
    if (superseded != null) {
      try {
        for (SupersededFiles old : superseded) {
          old.delete();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    tidy(context.getConfiguration());
  }

  /**
   * Ends the uploads of tasks that were killed, and removes the object that says "directory" where
   * readers look for data.
   */
  private void tidy(Configuration configuration) {
    if (!direct || destination == null) {
      return;
    }
    Path root = new Path(destination);
    try {
      FileSystem fileSystem = root.getFileSystem(configuration);
      if (abortsUploads) {
        PendingUploads.abortBelow(fileSystem, root);
      }
      DirectoryMarkers.removeFromFull(fileSystem, root);
    } catch (IOException failure) {
      // what the job has published, or not, stands
      LOG.warn("{} was not tidied up after a job: {}", root, failure.getMessage());
    }
  }
}
