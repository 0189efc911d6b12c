/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.collection.Iterator;

/**
 * When the tasks of one job group begin, and how they end, as the driver hears of it. Spark's own
 * status of an executor may be older than its last task: it is written now and then, for a page.
 */
public final class TaskEvents extends SparkListener {
  private static final long PATIENCE_MILLIS = 10_000;

  /** A task that began before its job was cancelled may be told of after that. */
  private static final long LATE_MILLIS = 100;

  private record Task(int stage, int index) {}

  private final String group;

  private final Set<Integer> jobs = ConcurrentHashMap.newKeySet();
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

  /** A job of a copy has one stage. */
  private final Map<Integer, Integer> stageOfJob = new ConcurrentHashMap<>();

  private final Map<Task, Long> starts = new ConcurrentHashMap<>();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private volatile boolean lost;

  /** Of a group whose jobs begin later. */
  public TaskEvents(String group) {
    this.group = group;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties(); // another's job may have none
    if (properties != null && group.equals(properties.getProperty("spark.jobGroup.id"))) {
      jobs.add(job.jobId());
      for (Iterator<Object> ids = job.stageIds().iterator(); ids.hasNext(); ) {
        Integer stage = (Integer) ids.next();
        stages.add(stage);
        stageOfJob.put(job.jobId(), stage);
      }
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd job) {
    jobs.remove(job.jobId());
    changed();
  }

  /** Of two attempts the latest counts, and one is given up. */
  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (stages.contains(task.stageId())) {
      TaskInfo info = task.taskInfo();
      running.add(info.taskId());
      starts.put(new Task(task.stageId(), info.index()), System.nanoTime());
      lost |= info.speculative() || info.attemptNumber() > 0;
    }
  }

  /** A task that is killed cleans up behind itself; one whose executor died does not. */
  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (running.remove(task.taskInfo().taskId())) {
      lost |= task.reason() instanceof ExecutorLostFailure;
    }
    changed();
  }

  private synchronized void changed() {
    notifyAll();
  }

  /** When a task of a job began, as {@link System#nanoTime}; empty while it waits. */
  OptionalLong startOf(int job, int index) {
    Integer stage = stageOfJob.get(job);
    Long start = stage == null ? null : starts.get(new Task(stage, index));
    return start == null ? OptionalLong.empty() : OptionalLong.of(start);
  }

  /** Forgets when the tasks of a job began. */
  void forget(int job) {
    Integer stage = stageOfJob.get(job);
    starts.keySet().removeIf(task -> stage != null && task.stage() == stage);
  }

  /** Waits, within reason, until tasks that were told to end have cleaned up behind themselves. */
  public void await() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    boolean interrupted = false;
    for (boolean over = false; !over; ) {
      try {
        over = (awaitEnd(end) && !awaitLate()) || System.nanoTime() >= end;
      } catch (InterruptedException impatient) {
        interrupted = true;
      }
    }
    lost |= isWorking();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nobody works any more. */
  private synchronized boolean awaitEnd(long end) throws InterruptedException {
    for (long left = end - System.nanoTime(); isWorking() && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    return !isWorking();
  }

  /** Whether somebody works again. */
  private boolean awaitLate() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(LATE_MILLIS);
    return isWorking();
  }

  private boolean isWorking() {
    return !jobs.isEmpty() || !running.isEmpty();
  }

  /** A task is not waited for: another job has moved its bin. */
  void overtaken() {
    lost = true;
  }

  /**
   * Whether one ended without cleaning up, or may not have ended, so that it may leave something.
   */
  boolean someWereLost() {
    return lost;
  }
}
