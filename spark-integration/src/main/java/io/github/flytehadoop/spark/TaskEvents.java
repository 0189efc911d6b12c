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
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.collection.Iterator;

/** When the tasks of one job group begin, and how they end, as the driver hears of it. */
final class TaskEvents extends SparkListener {
  private static final long PATIENCE_SECONDS = 10;

  private record Task(int stage, int index) {}

  private final String group;

  /** A job has one stage here. */
  private final Map<Integer, Integer> stageOfJob = new ConcurrentHashMap<>();

  private final Map<Task, Long> starts = new ConcurrentHashMap<>();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private volatile boolean lost;

  TaskEvents(String group) {
    this.group = group;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties(); // another's job may have none
    if (properties != null && group.equals(properties.getProperty("spark.jobGroup.id"))) {
      for (Iterator<Object> stages = job.stageIds().iterator(); stages.hasNext(); ) {
        stageOfJob.put(job.jobId(), (Integer) stages.next());
      }
    }
  }

  /** Of two attempts the latest counts, and one is given up. */
  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (stageOfJob.containsValue(task.stageId())) {
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
    synchronized (this) {
      notifyAll();
    }
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
