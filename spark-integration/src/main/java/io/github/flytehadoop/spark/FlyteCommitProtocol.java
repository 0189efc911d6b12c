/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.spark.commit.CommitSteps;
import io.github.flytehadoop.spark.commit.Deletion;
import io.github.flytehadoop.spark.commit.OwnFiles;
import io.github.flytehadoop.spark.commit.Replacement;
import io.github.flytehadoop.spark.commit.SupersededFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.Iterator;

/**
 * Publishes what Spark's writers write, in the way of the store. S3 completes multipart uploads,
 * without any rename (S3A's magic committer); GCS and Azure rename once a file by manifests. Other
 * stores stage a job's files in a directory of the job and rename them. Attempts that were killed,
 * failed or lost a race leave nothing behind, and no job touches what another one is writing.
 *
 * <p>An overwrite, also of partitions, ends with the old data alone or the new data alone, when the
 * store answers. Spark's own way deletes first.
 *
 * <p>Spark makes instances by the name in {@code spark.sql.sources.commitProtocolClass}.
 */
public final class FlyteCommitProtocol extends SQLHadoopMapReduceCommitProtocol {
  private static final long serialVersionUID = 2L;
  private static final Logger LOG = LoggerFactory.getLogger(FlyteCommitProtocol.class);

  private final String job;
  private final @Nullable String destination;
  private final boolean dynamic;
  private final boolean direct;
  private transient @Nullable OutputCommitter committer;
  private transient @Nullable DirectCommitters stores;
  private transient @Nullable List<SupersededFiles> superseded;
  private transient @Nullable Set<String> directories;
  private transient long written;
  private transient boolean onlyForNewFiles;
  private transient boolean publishing;

  /**
   * As Spark calls it.
   *
   * @param jobId part of every file's name
   * @param path where the files go; {@code null} for formats that write no files
   * @param dynamicPartitionOverwrite whether to replace just the partitions that are written
   */
  public FlyteCommitProtocol(
      String jobId, @Nullable String path, boolean dynamicPartitionOverwrite) {
    // Spark calls it dynamic when it stages
    super(jobId, path, path != null && !DirectCommitters.serve(path));
    this.job = jobId;
    this.destination = path;
    this.dynamic = dynamicPartitionOverwrite;
    this.direct = path != null && DirectCommitters.serve(path);
  }

  @Override
  public void setupJob(JobContext context) {
    name(context);
    Configuration configuration = context.getConfiguration();
    if (destination != null && configuration.getBoolean(SparkKeys.REPLACES, false)) {
      onlyForNewFiles = true;
      Path root = new Path(destination);
      CommitSteps.unchecked(
          () -> old().add(SupersededFiles.below(root.getFileSystem(configuration), root)));
    }
    super.setupJob(context);
  }

  /** One name for the job in every step: Spark sets its own between the first and the others. */
  private void name(JobContext context) {
    if (direct) {
      DirectCommitters.name(context.getConfiguration(), job);
    }
  }

  @Override
  public OutputCommitter setupCommitter(TaskAttemptContext context) {
    OutputCommitter chosen;
    if (destination == null) {
      chosen = super.setupCommitter(context);
    } else if (direct) {
      stores = new DirectCommitters(new Path(destination), job);
      DirectCommitters mine = stores;
      chosen = CommitSteps.unchecked(() -> mine.committer(context));
    } else {
      CommitSteps.withoutChecksumFiles(new Path(destination), context.getConfiguration());
      context.getConfiguration().set(FileOutputFormat.OUTDIR, staging().toString());
      chosen = super.setupCommitter(context);
    }
    committer = chosen;
    return chosen;
  }

  private Path staging() {
    return FileCommitProtocol.getStagingDir(destination, job);
  }

  @Override
  public void setupTask(TaskAttemptContext context) {
    directories = new TreeSet<>();
    super.setupTask(context);
  }

  @Override
  public String newTaskTempFile(
      TaskAttemptContext context, Option<String> directory, FileNameSpec name) {
    written++;
    if (directories != null) {
      directories.add(directory.isDefined() ? directory.get() : "");
    }
    if (!(committer instanceof PathOutputCommitter chosen)) {
      return super.newTaskTempFile(context, directory, name);
    }
    Path work = CommitSteps.unchecked(chosen::getWorkPath);
    Path parent = directory.isDefined() ? new Path(work, directory.get()) : work;
    return new Path(parent, getFilename(context, name)).toString();
  }

  @Override
  public TaskCommitMessage commitTask(TaskAttemptContext context) {
    TaskCommitMessage message = super.commitTask(context);
    SparkMetrics.filesMoved(written);
    return TaskOutputs.message(message, directories == null ? Set.of() : directories);
  }

  @Override
  public boolean deleteWithJob(FileSystem fileSystem, Path path, boolean recursive) {
    return CommitSteps.unchecked(
        () -> {
          if (!recursive || fileSystem.getFileStatus(path).isFile()) {
            // a directory cannot be written where a file is
            return super.deleteWithJob(fileSystem, path, recursive);
          }
          old().add(SupersededFiles.below(fileSystem, path));
          return true;
        });
  }

  private List<SupersededFiles> old() {
    if (superseded == null) {
      superseded = new ArrayList<>();
    }
    return superseded;
  }

  /** Overrides what Spark on Scala 2.13 calls; see the other one. */
  @SuppressWarnings("MissingOverride") // it is one on one of the two only
  public void commitJob(
      JobContext context, scala.collection.immutable.Seq<TaskCommitMessage> messages) {
    commit(context, messages.iterator());
  }

  /** Overrides what Spark on Scala 2.12 calls, whose {@code Seq} is another type. */
  @SuppressWarnings("MissingOverride") // it is one on one of the two only
  public void commitJob(JobContext context, scala.collection.Seq<TaskCommitMessage> messages) {
    commit(context, messages.iterator());
  }

  private void commit(JobContext context, Iterator<TaskCommitMessage> messages) {
    name(context);
    TaskOutputs written = TaskOutputs.of(messages);
    CommitSteps.unchecked(
        () -> {
          if (destination == null) {
            requireCommitter().commitJob(context);
          } else if (direct) {
            publish(context, written);
          } else {
            replace(context, written);
          }
          return true;
        });
    tidy(context.getConfiguration());
  }

  private OutputCommitter requireCommitter() {
    OutputCommitter mine = committer;
    if (mine == null) {
      throw new IllegalStateException("Spark commits a job that it has not set up.");
    }
    return mine;
  }

  /** What is replaced, now that the partitions that were written are known. */
  private List<SupersededFiles> old(Configuration configuration, TaskOutputs written)
      throws IOException {
    if (onlyForNewFiles && written.isEmpty()) {
      return List.of();
    }
    List<SupersededFiles> all = new ArrayList<>(old());
    if (dynamic) {
      Set<Path> partitions = new TreeSet<>();
      written.directories().forEach(name -> partitions.add(new Path(destination, name)));
      written.elsewhere().values().forEach(file -> partitions.add(new Path(file).getParent()));
      for (Path partition : partitions) {
        all.add(SupersededFiles.below(partition.getFileSystem(configuration), partition));
      }
    }
    return all;
  }

  private void replace(JobContext context, TaskOutputs written) throws IOException {
    Configuration configuration = context.getConfiguration();
    Path root = new Path(destination);
    FileSystem fileSystem = root.getFileSystem(configuration);
    requireCommitter().commitJob(context);
    Replacement replacement = new Replacement(job);
    old(configuration, written).forEach(replacement::supersede);
    Set<Path> others = new HashSet<>();
    for (Map.Entry<String, String> file : written.elsewhere().entrySet()) {
      Path from = fileSystem.makeQualified(new Path(file.getKey()));
      others.add(from);
      replacement.move(fileSystem, from, new Path(file.getValue()));
    }
    replacement.moveAll(fileSystem, staging(), root, others);
    fileSystem.mkdirs(root);
    replacement.run();
    CommitSteps.removeStaging(staging(), configuration);
  }

  private void publish(JobContext context, TaskOutputs written) throws IOException {
    Configuration configuration = context.getConfiguration();
    List<Deletion> deletions = new ArrayList<>();
    for (SupersededFiles each : old(configuration, written)) {
      deletions.add(each.deletion());
    }
    for (Deletion each : deletions) {
      each.prove(job);
    }
    publishing = true;
    requireCommitter().commitJob(context);
    if (!written.elsewhere().isEmpty()) {
      Replacement moves = new Replacement(job);
      for (Map.Entry<String, String> file : written.elsewhere().entrySet()) {
        Path from = new Path(file.getKey());
        moves.move(from.getFileSystem(configuration), from, new Path(file.getValue()));
      }
      moves.run();
      CommitSteps.removeStaging(staging(), configuration);
    }
    try {
      for (Deletion each : deletions) {
        each.run();
      }
      publishing = false;
    } finally {
      // without the old files the new ones must stay
      publishing &= deletions.stream().noneMatch(Deletion::hasBegun);
    }
  }

  @Override
  public void abortJob(JobContext context) {
    name(context);
    super.abortJob(context);
    if (publishing && destination != null) {
      Path root = new Path(destination);
      try {
        OwnFiles.takeBack(root.getFileSystem(context.getConfiguration()), root, job);
      } catch (IOException failure) {
        LOG.error(failure.getMessage());
      }
    }
    tidy(context.getConfiguration());
  }

  private void tidy(Configuration configuration) {
    if (stores != null) {
      stores.tidy(configuration);
    }
  }
}
