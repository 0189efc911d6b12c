/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who made a file, as Flyte tells the process of a task: kept with every file it uploads. */
public final class ExecutionMetadata {
  private static final Map<String, List<String>> VARIABLES =
      Map.of(
          "flyte-execution-project", TaskVariables.PROJECT,
          "flyte-execution-domain", TaskVariables.DOMAIN,
          "flyte-execution-launchplan", TaskVariables.LAUNCH_PLAN,
          "flyte-execution-workflow", TaskVariables.WORKFLOW,
          "flyte-execution-name", TaskVariables.EXECUTION);

  private ExecutionMetadata() {}

  /** What an environment says; empty outside an execution. */
  public static Map<String, String> of(Map<String, String> environment) {
    TaskVariables variables = new TaskVariables(environment);
    Map<String, String> metadata = new TreeMap<>();
    VARIABLES.forEach(
        (key, names) -> {
          String value = variables.first(names);
          if (value != null) {
            metadata.put(key, value);
          }
        });
    return metadata;
  }
}
