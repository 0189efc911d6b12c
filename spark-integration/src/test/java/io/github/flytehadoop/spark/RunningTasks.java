/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/**
 * The tasks of an application that have begun and not ended, losers of a race included. The status
 * tracker of Spark would not do: it may say what was so seconds ago.
 */
final class RunningTasks extends SparkListener {
  private final Set<Long> running = ConcurrentHashMap.newKeySet();

  private RunningTasks() {}

  /** From here on. */
  static RunningTasks of(SparkSession spark) {
    RunningTasks tasks = new RunningTasks();
    spark.sparkContext().addSparkListener(tasks);
    return tasks;
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    running.add(task.taskInfo().taskId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    running.remove(task.taskInfo().taskId());
  }

  boolean areNone() {
    return running.isEmpty();
  }
}
