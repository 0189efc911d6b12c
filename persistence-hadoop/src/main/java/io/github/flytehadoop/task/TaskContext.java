/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which task this is, of which execution. What the platform does not say is null.
 *
 * @param attempt of this task, from 0
 * @param maxAttempts how many there may be; Spark's driver alone is told
 * @param executionUrl a page for people
 */
public record TaskContext(
    FlyteGeneration generation,
    Execution execution,
    Declaration task,
    Run run,
    int attempt,
    @Nullable Integer maxAttempts,
    @Nullable String executionUrl) {
  /** The execution of a workflow that this task is part of. */
  public record Execution(
      @Nullable String project,
      @Nullable String domain,
      @Nullable String name,
      @Nullable String workflow,
      @Nullable String launchPlan) {}

  /** The task as it is registered. */
  public record Declaration(
      @Nullable String project,
      @Nullable String domain,
      @Nullable String name,
      @Nullable String version) {}

  /**
   * The run of Flyte 2.
   *
   * @param action of the run that this task is
   * @param startTime as RFC 3339 has it
   * @param base below which the run's files are
   */
  public record Run(
      @Nullable String name,
      @Nullable String action,
      @Nullable String startTime,
      @Nullable String organization,
      @Nullable String base,
      @Nullable String pod) {}

  /** Refuses null. */
  public TaskContext {
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(run, "run");
  }

  static TaskContext of(TaskArguments arguments, TaskVariables variables) {
    Integer attempt = variables.number(TaskVariables.ATTEMPT);
    return new TaskContext(
        arguments.generation(),
        new Execution(
            variables.first(TaskVariables.PROJECT),
            variables.first(TaskVariables.DOMAIN),
            variables.first(TaskVariables.EXECUTION),
            variables.first(TaskVariables.WORKFLOW),
            variables.first(TaskVariables.LAUNCH_PLAN)),
        new Declaration(
            variables.first(TaskVariables.TASK_PROJECT),
            variables.first(TaskVariables.TASK_DOMAIN),
            variables.first(TaskVariables.TASK_NAME),
            variables.first(TaskVariables.TASK_VERSION)),
        run(arguments.run(), variables),
        attempt == null ? 0 : attempt,
        variables.number(TaskVariables.MAX_ATTEMPTS),
        variables.first(TaskVariables.EXECUTION_URL));
  }

  /** The options win. */
  private static Run run(TaskArguments.Run options, TaskVariables variables) {
    return new Run(
        options.name() == null ? variables.first(TaskVariables.RUN_NAME) : options.name(),
        options.action() == null ? variables.first(TaskVariables.ACTION_NAME) : options.action(),
        options.startTime(),
        variables.first(TaskVariables.ORGANIZATION),
        variables.first(TaskVariables.RUN_BASE),
        variables.first(TaskVariables.POD));
  }
}
