/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

/** The code of a task on Spark. It runs in the driver. */
@FunctionalInterface
public interface SparkTaskBody {
  /**
   * Reads the inputs and puts the outputs. The outputs become visible after it has returned.
   *
   * @throws Exception what ends the task: see {@link io.github.flytehadoop.task.TaskBody}
   */
  void run(FlyteSparkTask task) throws Exception;
}
