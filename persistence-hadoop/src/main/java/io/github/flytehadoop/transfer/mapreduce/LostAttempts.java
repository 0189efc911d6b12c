/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import io.github.flytehadoop.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every attempt of a run's jobs ended by itself. Containers get a quarter of a second to
 * end once they are told to, which is not enough to clean up in.
 */
final class LostAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(LostAttempts.class);
  private static final long DYING_MILLIS = 1000;

  private boolean lost;

  /** A job has ended well, which some of its attempts may not have. */
  void succeeded(Job job) {
    try {
      Counters counters = job.getCounters();
      for (JobCounter each : List.of(JobCounter.NUM_FAILED_MAPS, JobCounter.NUM_KILLED_MAPS)) {
        Counter ended = counters == null ? null : counters.findCounter(each);
        lost |= ended == null || ended.getValue() > 0;
      }
    } catch (IOException | RuntimeException unknown) {
      LOG.info("{}: whether attempts were lost is not known: {}", job.getJobID(), unknown);
      lost = true;
    }
  }

  /** A job has failed or was killed: its containers are dead a moment later. */
  void failed() {
    lost = true;
    Uninterruptibles.run(LostAttempts::letContainersDie);
  }

  private static void letContainersDie() {
    try {
      Thread.sleep(DYING_MILLIS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether one was killed, or its container died, so that it may have left something. */
  boolean someWereLost() {
    return lost;
  }
}
