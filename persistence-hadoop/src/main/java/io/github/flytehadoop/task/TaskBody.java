/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

/** The code of a task. */
@FunctionalInterface
public interface TaskBody {
  /**
   * Reads the inputs and puts the outputs. The outputs become visible after it has returned.
   *
   * @throws RecoverableTaskException when another attempt can help
   * @throws NonRecoverableTaskException when none can
   * @throws IgnoreOutputsException when another worker writes the outputs
   * @throws Exception whatever else ends the task
   */
  void run(FlyteTask task) throws Exception;
}
