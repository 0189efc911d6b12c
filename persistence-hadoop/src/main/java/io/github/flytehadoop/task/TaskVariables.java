/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that Flyte sets for a task. Of several names the first that is set wins. */
record TaskVariables(Map<String, String> environment) {
  static final List<String> PROJECT = List.of("FLYTE_INTERNAL_EXECUTION_PROJECT", "_F_PRJ");
  static final List<String> DOMAIN = List.of("FLYTE_INTERNAL_EXECUTION_DOMAIN", "_F_DM");
  static final List<String> EXECUTION = List.of("FLYTE_INTERNAL_EXECUTION_ID", "_F_NM");
  static final List<String> WORKFLOW = List.of("FLYTE_INTERNAL_EXECUTION_WORKFLOW", "_F_WF");
  static final List<String> LAUNCH_PLAN = List.of("FLYTE_INTERNAL_EXECUTION_LAUNCHPLAN", "_F_LP");
  static final List<String> TASK_PROJECT = List.of("FLYTE_INTERNAL_TASK_PROJECT", "_F_TK_PRJ");
  static final List<String> TASK_DOMAIN = List.of("FLYTE_INTERNAL_TASK_DOMAIN", "_F_TK_DM");
  static final List<String> TASK_NAME = List.of("FLYTE_INTERNAL_TASK_NAME", "_F_TK_NM");
  static final List<String> TASK_VERSION = List.of("FLYTE_INTERNAL_TASK_VERSION", "_F_TK_V");
  static final List<String> ERROR_STRATEGY =
      List.of("FLYTE_INTERNAL_DIST_ERROR_STRATEGY", "_F_DES");
  static final List<String> WORKER = List.of("FLYTE_INTERNAL_WORKER_NAME", "_F_WN");
  static final List<String> ATTEMPT = List.of("FLYTE_ATTEMPT_NUMBER");
  static final List<String> MAX_ATTEMPTS = List.of("FLYTE_MAX_ATTEMPTS");
  static final List<String> EXECUTION_URL = List.of("FLYTE_EXECUTION_URL");
  static final List<String> RUN_NAME = List.of("RUN_NAME");
  static final List<String> ACTION_NAME = List.of("ACTION_NAME");
  static final List<String> ORGANIZATION = List.of("_U_ORG_NAME");
  static final List<String> RUN_BASE = List.of("_U_RUN_BASE");
  static final List<String> POD = List.of("_F_PN");
  static final List<String> PATH_REWRITE = List.of("_F_PATH_REWRITE");
  static final List<String> OFFLOAD_MIN_MB = List.of("_F_L_MIN_SIZE_MB");
  static final List<String> OFFLOAD_MAX_MB = List.of("_F_L_MAX_SIZE_MB");
  static final List<String> FAIL_ON_ERROR = List.of("FLYTE_FAIL_ON_ERROR");

  private static final Set<String> TRUE = Set.of("true", "t", "1");

  /** Copies the environment. */
  TaskVariables {
    environment = Map.copyOf(environment);
  }

  /** The value of the first name that has one, or null. */
  @Nullable String first(List<String> names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /** A whole number, or null when it is not set. */
  @Nullable Integer number(List<String> names) {
    String text = first(names);
    if (text == null) {
      return null;
    }
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException none) {
      throw Problem.cannot("run the task")
          .because("the variable " + names.get(0) + " is no whole number: " + text)
          .remedy("Flyte sets it: leave it alone.")
          .argument();
    }
  }

  /** Whether a failure that was written has to fail the process too. */
  boolean failsOnError() {
    String text = first(FAIL_ON_ERROR);
    return text != null && TRUE.contains(text.toLowerCase(Locale.ROOT));
  }
}
