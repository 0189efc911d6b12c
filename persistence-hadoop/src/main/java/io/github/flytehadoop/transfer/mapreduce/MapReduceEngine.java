/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.error.CopyException;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.transfer.Bins;
import io.github.flytehadoop.transfer.DistributedRun;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.EngineContext;
import io.github.flytehadoop.transfer.Receipt;
import io.github.flytehadoop.transfer.TransferEngine;
import io.github.flytehadoop.transfer.TransferPlan;
import io.github.flytehadoop.transfer.WorkOrder;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.SequenceFileOutputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies with the mappers of a MapReduce job: on YARN, or in this JVM when no cluster is
 * configured.
 *
 * <p>The order, which holds secrets, travels in the job's credentials, so nothing of it is in
 * {@code job.xml}. Bins wait in a file of the cluster, receipts come back in one that only
 * committed attempts write. Local paths are refused: mappers run elsewhere.
 */
public final class MapReduceEngine implements TransferEngine, Configurable {
  private static final Logger LOG = LoggerFactory.getLogger(MapReduceEngine.class);
  private static final int WORKERS_WHEN_UNSAID = 20;
  private static final FsPermission PRIVATE = new FsPermission("700");
  private static final Set<String> WITH_TOKENS = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs");

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
  public boolean isThere() {
    return "yarn".equals(configuration.get(MRConfig.FRAMEWORK_NAME));
  }

  @Override
  public Collection<Receipt> run(TransferPlan plan, EngineContext context) throws IOException {
    if (plan.items().isEmpty()) {
      return List.of();
    }
    WorkOrder order = WorkOrder.of(plan, context);
    int workers = configuration.getInt(MRJobConfig.NUM_MAPS, WORKERS_WHEN_UNSAID);
    return DistributedRun.run(
        plan, context, workers, sliced -> run(sliced, context, order, workers));
  }

  /** One job, in a place of its own on the cluster: a name may be used by several runs. */
  private Collection<Receipt> run(
      TransferPlan plan, EngineContext context, WorkOrder order, int workers) throws IOException {
    Job job = Job.getInstance(configuration, "flyte copy " + plan.jobId());
    FileSystem cluster = FileSystem.newInstance(job.getConfiguration());
    Path staging =
        cluster.makeQualified(
            new Path("/tmp/flyte-copy/" + plan.jobId() + "-" + UUID.randomUUID()));
    try {
      cluster.mkdirs(staging, PRIVATE);
      BinFile.write(cluster, new Path(staging, "bins"), Bins.stream(plan, context, workers));
      describe(job, staging);
      obtainTokens(job, plan);
      job.getCredentials().addSecretKey(BinMapper.ORDER, Serialized.bytes(order));
      submit(job, plan, context);
      return ReceiptFile.readAll(job.getConfiguration(), cluster, new Path(staging, "receipts"));
    } finally {
      cluster.delete(staging, true);
      cluster.close();
    }
  }

  /** Speculation is as the cluster has it: two attempts at one bin do each other no harm. */
  private static void describe(Job job, Path staging) {
    JobJars.ship(job);
    job.setInputFormatClass(BinInputFormat.class);
    job.setMapperClass(BinMapper.class);
    job.setNumReduceTasks(0);
    job.setOutputKeyClass(NullWritable.class);
    job.setOutputValueClass(BytesWritable.class);
    job.setOutputFormatClass(SequenceFileOutputFormat.class);
    SequenceFileOutputFormat.setOutputPath(job, new Path(staging, "receipts"));
    BinInputFormat.read(job, new Path(staging, "bins"));
  }

  /** Where Kerberos is on, mappers have no ticket: they get a token of each cluster. */
  private static void obtainTokens(Job job, TransferPlan plan) throws IOException {
    Path[] clusters =
        plan.items().roots().stream()
            .filter(uri -> WITH_TOKENS.contains(Location.parse(uri).scheme()))
            .map(Path::new)
            .toArray(Path[]::new);
    TokenCache.obtainTokensForNamenodes(job.getCredentials(), clusters, job.getConfiguration());
  }

  private static void submit(Job job, TransferPlan plan, EngineContext context) throws IOException {
    try {
      job.submit();
      LOG.info("{} runs as {}", plan.jobId(), job.getJobID());
      long shown = 0;
      while (!job.isComplete()) {
        long done = (long) (job.mapProgress() * plan.bytes());
        context.progress().advanced(Math.max(0, done - shown));
        shown = Math.max(shown, done);
        if (context.cancellation().isCancelled()) {
          job.killJob();
        }
        Thread.sleep(200);
      }
      if (!job.isSuccessful()) {
        throw new CopyException(
            FailureKind.NETWORK,
            plan.jobId(),
            "Cannot copy: the job "
                + job.getJobID()
                + " failed: "
                + job.getStatus().getFailureInfo()
                + ". Its tasks' logs say why.",
            null);
      }
    } catch (InterruptedException interrupted) {
      job.killJob();
      Thread.currentThread().interrupt();
      context.cancellation().check(plan.jobId());
    } catch (ClassNotFoundException missing) {
      throw new IOException("A class of the job is not on the class path: " + missing, missing);
    }
  }
}
