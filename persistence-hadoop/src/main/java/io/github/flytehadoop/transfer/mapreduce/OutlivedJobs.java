/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.transfer.EngineContext;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.Cluster;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs of an earlier run whose driver died. On YARN they go on without it: they are awaited, for
 * what they move need not be moved again.
 */
final class OutlivedJobs {
  private static final Logger LOG = LoggerFactory.getLogger(OutlivedJobs.class);
  private static final long POLL_MILLIS = 1000;

  private final Configuration configuration;
  private final EngineContext context;

  OutlivedJobs(Configuration configuration, EngineContext context) {
    this.configuration = configuration;
    this.context = context;
  }

  /** Takes the receipts of what an earlier run has left, and removes the rest of it. */
  void recover(String jobId, List<String> roots) throws IOException {
    try (FileSystem clusterFiles = FileSystem.newInstance(configuration)) {
      for (JobStaging staging : JobStaging.left(clusterFiles, jobId, roots)) {
        JobID job = staging.job(clusterFiles);
        if (job != null) {
          await(job);
        }
        int found =
            new ReceiptFiles(configuration, clusterFiles, staging, context.receipts())
                .readNew()
                .size();
        LOG.info("{}: {} receipts of {}, whose driver died", jobId, found, job);
        staging.remove(clusterFiles);
      }
    }
  }

  private void await(JobID job) throws IOException {
    Cluster cluster = new Cluster(configuration);
    try {
      while (isRunning(cluster, job)) {
        if (context.cancellation().isCancelled()) {
          kill(cluster, job);
        }
        context.cancellation().check(job.toString());
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      context.cancellation().check(job.toString());
    } finally {
      cluster.close();
    }
  }

  private static void kill(Cluster cluster, JobID id) throws IOException, InterruptedException {
    Job job = cluster.getJob(id);
    if (job != null) {
      job.killJob();
    }
  }

  /** Of the list of all jobs, because a job that is over may be known to nobody else. */
  private static boolean isRunning(Cluster cluster, JobID job)
      throws IOException, InterruptedException {
    JobStatus[] all = cluster.getAllJobStatuses();
    if (all == null) {
      return false; // the runner in this JVM, which died with its driver
    }
    for (JobStatus status : all) {
      if (status.getJobID().equals(job)) {
        return status.getState() == JobStatus.State.RUNNING
            || status.getState() == JobStatus.State.PREP;
      }
    }
    return false;
  }
}
