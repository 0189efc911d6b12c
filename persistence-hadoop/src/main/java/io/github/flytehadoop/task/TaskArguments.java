/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.Problem;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the platform passes to a task, in the options of either SDK.
 *
 * @param inputs where {@code inputs.pb} is
 * @param outputPrefix below which {@code outputs.pb} or {@code error.pb} goes, without a final
 *     slash
 * @param rawOutputPrefix below which data goes, or null when there is none
 * @param checkpointPrefix below which checkpoints go, or null when there is none
 * @param previousCheckpoint where the last attempt's checkpoints are, or null in the first attempt
 * @param run what Flyte 2 calls this run
 * @param rest what follows {@code --}: the user's own
 */
public record TaskArguments(
    FlyteGeneration generation,
    String inputs,
    String outputPrefix,
    @Nullable String rawOutputPrefix,
    @Nullable String checkpointPrefix,
    @Nullable String previousCheckpoint,
    Run run,
    List<String> rest) {
  /**
   * A run of Flyte 2; all of it is null in Flyte 1.
   *
   * @param name of the run
   * @param action of the run that this task is
   * @param startTime as RFC 3339 has it
   */
  public record Run(@Nullable String name, @Nullable String action, @Nullable String startTime) {}

  /** Copies the list, and takes final slashes off the output prefix. */
  public TaskArguments {
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(inputs, "inputs");
    outputPrefix = withoutFinalSlash(outputPrefix);
    Objects.requireNonNull(run, "run");
    rest = List.copyOf(rest);
  }

  /**
   * Reads the options of either SDK, as {@code --name value} and {@code --name=value}. Options that
   * are not known are passed over with their values, and so is every other word before {@code --}.
   * A value that is empty, {@code ""} or a template that nobody filled in is absent.
   *
   * @throws IllegalArgumentException when the inputs or the output prefix are absent
   */
  public static TaskArguments parse(String... arguments) {
    TaskOptions options = TaskOptions.read(List.of(arguments));
    String two = options.value(TaskOptions.Name.OUTPUTS_PATH);
    String one = options.value(TaskOptions.Name.OUTPUT_PREFIX);
    if (one == null && two == null) {
      throw missing(
          "output prefix",
          "Declare --output-prefix {{.outputPrefix}} in Flyte 1, --outputs-path {{.outputPrefix}} in"
              + " Flyte 2");
    }
    String inputs = options.value(TaskOptions.Name.INPUTS);
    if (inputs == null) {
      throw missing("inputs", "Declare --inputs {{.input}}");
    }
    return new TaskArguments(
        two == null ? FlyteGeneration.FLYTE_1 : FlyteGeneration.FLYTE_2,
        inputs,
        Objects.requireNonNull(two == null ? one : two),
        options.value(TaskOptions.Name.RAW_DATA),
        options.value(TaskOptions.Name.CHECKPOINT),
        options.value(TaskOptions.Name.PREVIOUS_CHECKPOINT),
        new Run(
            options.value(TaskOptions.Name.RUN_NAME),
            options.value(TaskOptions.Name.ACTION),
            options.value(TaskOptions.Name.RUN_START_TIME)),
        options.rest());
  }

  private static IllegalArgumentException missing(String what, String remedy) {
    return Problem.cannot("run the task")
        .because("its arguments do not say the " + what)
        .remedy(remedy + " in the arguments of the container.")
        .argument();
  }

  private static String withoutFinalSlash(String prefix) {
    int end = prefix.length();
    while (end > 0 && prefix.charAt(end - 1) == '/' && !prefix.startsWith("://", end - 3)) {
      end--;
    }
    return end == 0 ? prefix : prefix.substring(0, end);
  }
}
