/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.internal.io.FileNameSpec;
import org.apache.spark.internal.io.SparkHadoopWriterUtils;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A job of Spark's writers, step by step, on the driver's side and the tasks'. */
final class WriteJob {
  private final String id;
  private final Path root;
  private final boolean dynamic;
  private final JobContext context;
  private final FileCommitProtocol driver;
  private final List<TaskCommitMessage> messages = new ArrayList<>();
  private int tasks;

  WriteJob(String id, Path root, boolean dynamic, Configuration base) throws IOException {
    this.id = id;
    this.root = root;
    this.dynamic = dynamic;
    Job job = Job.getInstance(base);
    job.setOutputFormatClass(TextOutputFormat.class);
    FileOutputFormat.setOutputPath(job, root);
    this.context =
        new JobContextImpl(
            job.getConfiguration(), SparkHadoopWriterUtils.createJobID(new Date(), 0));
    this.driver = protocol();
  }

  private FileCommitProtocol protocol() {
    return FileCommitProtocol.instantiate(
        FlyteCommitProtocol.class.getName(), id, root.toString(), dynamic);
  }

  /** What Spark does for an overwrite, before the job begins. */
  WriteJob replacing(String... partitions) throws IOException {
    for (String partition : partitions) {
      Path path = partition.isEmpty() ? root : new Path(root, partition);
      driver.deleteWithJob(path.getFileSystem(context.getConfiguration()), path, true);
    }
    return this;
  }

  WriteJob begin() {
    driver.setupJob(context);
    return this;
  }

  /** A task writes a file in each of these directories. */
  WriteJob task(String content, String... directories) throws IOException {
    TaskAttemptID attempt =
        new TaskAttemptID(new TaskID(context.getJobID(), TaskType.MAP, tasks++), 0);
    TaskAttemptContext task =
        new TaskAttemptContextImpl(new Configuration(context.getConfiguration()), attempt);
    task.getConfiguration().set("mapreduce.task.attempt.id", attempt.toString());
    FileCommitProtocol protocol = protocol();
    protocol.setupTask(task);
    for (String directory : directories) {
      Option<String> in = directory.isEmpty() ? Option.empty() : Option.apply(directory);
      Path file = new Path(protocol.newTaskTempFile(task, in, new FileNameSpec("", ".txt")));
      try (FSDataOutputStream out =
          file.getFileSystem(task.getConfiguration()).create(file, false)) {
        out.writeBytes(content);
      }
    }
    messages.add(protocol.commitTask(task));
    return this;
  }

  void commit() {
    Seq<TaskCommitMessage> all = CollectionConverters.asScala(messages).toSeq();
    boolean done = false;
    try {
      driver.commitJob(context, all);
      done = true;
    } finally {
      if (!done) {
        driver.abortJob(context);
      }
    }
  }
}
