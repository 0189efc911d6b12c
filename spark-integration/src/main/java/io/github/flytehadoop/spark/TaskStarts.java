/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/** When the tasks of one job group began, as the driver heard of it. */
final class TaskStarts extends SparkListener {
  private record Task(int stage, int index) {}

  private final String group;
  private final Map<Integer, Integer> stages = new ConcurrentHashMap<>();
  private final Map<Task, Long> starts = new ConcurrentHashMap<>();

  TaskStarts(String group) {
    this.group = group;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (group.equals(job.properties().getProperty("spark.jobGroup.id"))) {
      for (Object stage : CollectionConverters.asJava(job.stageIds())) {
        stages.put(job.jobId(), (Integer) stage);
      }
    }
  }

  /** The latest attempt counts. */
  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (stages.containsValue(task.stageId())) {
      starts.put(new Task(task.stageId(), task.taskInfo().index()), System.nanoTime());
    }
  }

  /** In the terms of {@link System#nanoTime}; empty while the task waits for an executor. */
  OptionalLong of(int job, int index) {
    Integer stage = stages.get(job);
    Long start = stage == null ? null : starts.get(new Task(stage, index));
    return start == null ? OptionalLong.empty() : OptionalLong.of(start);
  }

  /** Forgets a job that is over. */
  void forget(int job) {
    Integer stage = stages.remove(job);
    starts.keySet().removeIf(task -> stage != null && task.stage() == stage);
  }
}
