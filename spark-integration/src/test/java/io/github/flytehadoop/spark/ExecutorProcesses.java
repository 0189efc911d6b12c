/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.SparkSession;

/** The executors of a {@link SparkStandalone} that this JVM started. */
final class ExecutorProcesses {
  private ExecutorProcesses() {}

  /** Master and Workers are children of this process, and executors those of Workers. */
  static List<ProcessHandle> all() {
    return ProcessHandle.current().children().flatMap(ProcessHandle::children).toList();
  }

  /** Whether none of them runs a task. */
  static boolean areIdle(SparkSession spark) {
    return Arrays.stream(spark.sparkContext().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .allMatch(tasks -> tasks == 0);
  }
}
