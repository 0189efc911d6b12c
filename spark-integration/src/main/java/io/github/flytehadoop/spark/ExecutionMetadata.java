/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who made a file, as Flyte tells the driver. Executors do not have these variables. */
final class ExecutionMetadata {
  private static final Map<String, List<String>> VARIABLES =
      Map.of(
          "flyte-execution-project", List.of("FLYTE_INTERNAL_EXECUTION_PROJECT", "_F_PRJ"),
          "flyte-execution-domain", List.of("FLYTE_INTERNAL_EXECUTION_DOMAIN", "_F_DM"),
          "flyte-execution-launchplan", List.of("FLYTE_INTERNAL_EXECUTION_LAUNCHPLAN", "_F_LP"),
          "flyte-execution-workflow", List.of("FLYTE_INTERNAL_EXECUTION_WORKFLOW", "_F_WF"),
          "flyte-execution-name", List.of("FLYTE_INTERNAL_EXECUTION_ID", "_F_NM"));

  private ExecutionMetadata() {}

  /** What an environment says; empty outside an execution. */
  static Map<String, String> of(Map<String, String> environment) {
    Map<String, String> metadata = new TreeMap<>();
    VARIABLES.forEach(
        (key, names) ->
            names.stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .ifPresent(value -> metadata.put(key, value)));
    return metadata;
  }
}
