/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.List;

/** The executors of a {@link SparkStandalone} that this JVM started. */
final class ExecutorProcesses {
  private ExecutorProcesses() {}

  /** Master and Workers are children of this process, and executors those of Workers. */
  static List<ProcessHandle> all() {
    return ProcessHandle.current().children().flatMap(ProcessHandle::children).toList();
  }
}
