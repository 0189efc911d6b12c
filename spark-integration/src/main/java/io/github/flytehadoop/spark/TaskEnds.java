/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** How the tasks of one job group end, as the driver heard of it. */
final class TaskEnds extends SparkListener {
  private static final long PATIENCE_SECONDS = 10;

  private final String group;
  private final Set<Object> stages = ConcurrentHashMap.newKeySet();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private volatile boolean lost;

  TaskEnds(String group) {
    this.group = group;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (group.equals(job.properties().getProperty("spark.jobGroup.id"))) {
      stages.addAll(CollectionConverters.asJava(job.stageIds()));
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (stages.contains(task.stageId())) {
      running.add(task.taskInfo().taskId());
    }
  }

  /** A task that is killed cleans up behind itself; one whose executor died does not. */
  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (running.remove(task.taskInfo().taskId())) {
      lost |= task.reason() instanceof ExecutorLostFailure;
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /** Waits, within reason, until tasks that were told to end have cleaned up behind themselves. */
  void await() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    boolean interrupted = false;
    synchronized (this) {
      for (long left = PATIENCE_SECONDS * 1000; !running.isEmpty() && left > 0; ) {
        try {
          wait(left);
        } catch (InterruptedException impatient) {
          interrupted = true;
        }
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    }
    lost |= !running.isEmpty();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether one ended without cleaning up, or did not end, so that it may leave something. */
  boolean someWereLost() {
    return lost;
  }
}
