/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.Problem;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.location.StoreKind;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.cluster.BinPacking;
import io.github.flytehadoop.transfer.cluster.DistributedRun;
import io.github.flytehadoop.transfer.cluster.WorkOrder;
import io.github.flytehadoop.transfer.receipt.Receipts;
import io.github.flytehadoop.transfer.resume.LeftoverCleanup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.SequenceFileOutputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies with the mappers of a MapReduce job: on YARN, or in this JVM when no cluster is
 * configured.
 *
 * <p>The order, which holds secrets, travels in the job's credentials, so nothing of it is in
 * {@code job.xml}; secrets of the user's own configuration go the same way. Bins wait in a file of
 * the cluster, receipts come back in one that only committed attempts write. Local paths are
 * refused: mappers run elsewhere.
 */
public final class MapReduceEngine implements TransferEngine, Configurable {
  private static final Logger LOG = LoggerFactory.getLogger(MapReduceEngine.class);
  private static final int WORKERS_WHEN_UNSAID = 20;
  private static final long POLL_MILLIS = 200;
  private static final int POLLS_A_LOOK = 10;

  private Configuration configuration;

  /** An engine for the cluster that the class path describes, until {@link #setConf} is called. */
  public MapReduceEngine() {
    this(new Configuration());
  }

  /** An engine for the cluster that a Configuration describes; it is copied. */
  public MapReduceEngine(Configuration configuration) {
    this.configuration = new Configuration(configuration);
  }

  /** The provider's own, for an engine that it found on the class path; it is copied. */
  @Override
  public void setConf(Configuration ofProvider) {
    this.configuration = new Configuration(ofProvider);
  }

  @Override
  public Configuration getConf() {
    return new Configuration(configuration);
  }

  @Override
  public Engine kind() {
    return Engine.MAPREDUCE;
  }

  /** Not where MapReduce's own runner would do the work in this JVM. */
  @Override
  public boolean isAvailable() {
    return "yarn".equals(configuration.get(MRConfig.FRAMEWORK_NAME));
  }

  @Override
  public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
    if (plan.items().isEmpty()) {
      return List.of();
    }
    long begunNanos = System.nanoTime();
    WorkOrder order = WorkOrder.of(plan, context);
    int workers = configuration.getInt(MRJobConfig.NUM_MAPS, WORKERS_WHEN_UNSAID);
    LostAttempts attempts = new LostAttempts();
    try {
      return DistributedRun.run(
          plan,
          context,
          workers,
          (sliced, arrivals) ->
              run(sliced, context.withReceipts(arrivals), order, workers, attempts));
    } finally {
      if (attempts.someWereLost()) {
        // only now, for a file that is split is finished last
        LeftoverCleanup.ofLostAttempts(plan, context, begunNanos);
      }
    }
  }

  @Override
  public void recover(String jobId, List<String> roots, EngineContext context) throws IOException {
    new OutlivedJobs(configuration, context).recover(jobId, roots);
  }

  private Collection<Receipt> run(
      TransferPlan plan, EngineContext context, WorkOrder order, int workers, LostAttempts attempts)
      throws IOException {
    Job job = Job.getInstance(configuration, "flyte copy " + plan.jobId());
    FileSystem cluster = FileSystem.newInstance(job.getConfiguration());
    JobStaging staging = JobStaging.create(cluster, plan.jobId(), plan.items().roots());
    Receipts receipts = new Receipts();
    boolean done = false;
    try {
      BinFile.write(cluster, staging.bins(), BinPacking.stream(plan, context, workers));
      describe(job, staging);
      JobSecrets.hide(job);
      obtainTokens(job, plan);
      job.getCredentials().addSecretKey(BinMapper.ORDER, JavaSerialization.bytes(order));
      ReceiptFiles files =
          new ReceiptFiles(job.getConfiguration(), cluster, staging, context.receipts());
      SubmittedCredentials.keep(staging, job.getCredentials());
      submit(job, plan, context);
      staging.submitted(cluster, job.getJobID());
      await(job, plan, context, () -> receipts.addAll(files.readNew()));
      receipts.addAll(files.readNew());
      attempts.succeeded(job);
      done = true;
      return receipts;
    } finally {
      if (!done) {
        receipts.close();
        attempts.failed();
      }
      SubmittedCredentials.forget(staging);
      staging.remove(cluster);
      cluster.close();
    }
  }

  /** Speculation is as the cluster has it: two attempts at one bin do each other no harm. */
  private static void describe(Job job, JobStaging staging) {
    JobJars.ship(job);
    job.setInputFormatClass(BinInputFormat.class);
    job.setMapperClass(BinMapper.class);
    job.setNumReduceTasks(0);
    job.setOutputKeyClass(NullWritable.class);
    job.setOutputValueClass(BytesWritable.class);
    job.setOutputFormatClass(SequenceFileOutputFormat.class);
    SequenceFileOutputFormat.setOutputPath(job, staging.receipts());
    // what a task commits is there at once, not only when the job ends
    job.getConfiguration().setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 2);
    BinInputFormat.read(job, staging.bins());
  }

  /** Where Kerberos is on, mappers have no ticket: they get a token of each cluster. */
  private static void obtainTokens(Job job, TransferPlan plan) throws IOException {
    Path[] clusters =
        plan.items().roots().stream()
            .filter(uri -> Location.parse(uri).isOf(StoreKind.Family.HDFS))
            .map(Path::new)
            .toArray(Path[]::new);
    TokenCache.obtainTokensForNamenodes(job.getCredentials(), clusters, job.getConfiguration());
  }

  private static void submit(Job job, TransferPlan plan, EngineContext context) throws IOException {
    try {
      job.submit();
      LOG.info("{} runs as {}", plan.jobId(), job.getJobID());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      context.cancellation().check(plan.jobId());
    } catch (ClassNotFoundException missing) {
      throw new IOException("A class of the job is not on the class path: " + missing, missing);
    }
  }

  /** Something to do from time to time while the job runs. */
  private interface Look {
    void look() throws IOException;
  }

  private static void await(Job job, TransferPlan plan, EngineContext context, Look look)
      throws IOException {
    try {
      long shown = 0;
      int polls = 0;
      while (!job.isComplete()) {
        long done = (long) (job.mapProgress() * plan.bytes());
        context.progress().advanced(Math.max(0, done - shown));
        shown = Math.max(shown, done);
        if (context.cancellation().isCancelled()) {
          job.killJob();
        }
        if (++polls % POLLS_A_LOOK == 0) {
          look.look();
        }
        Thread.sleep(POLL_MILLIS);
      }
      if (!job.isSuccessful()) {
        // what the receipts of a job that failed say is there, is there
        look.look();
        throw Problem.cannot("copy")
            .at(plan.jobId())
            .because("the job " + job.getJobID() + " failed: " + job.getStatus().getFailureInfo())
            .remedy("Its tasks' logs say why.")
            .kind(FailureKind.NETWORK)
            .as(CopyException::new);
      }
    } catch (UncheckedIOException localDisk) {
      job.killJob(); // nobody can keep what its tasks would say
      throw localDisk;
    } catch (InterruptedException interrupted) {
      job.killJob();
      Thread.currentThread().interrupt();
      context.cancellation().check(plan.jobId());
    }
  }
}
