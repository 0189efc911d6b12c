/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment says of a task. */
class TaskContextTest {
  private static final TaskArguments ONE =
      TaskArguments.parse("--inputs", "i", "--output-prefix", "o");

  private static TaskContext of(TaskArguments arguments, Map<String, String> environment) {
    return TaskContext.of(arguments, new TaskVariables(environment));
  }

  @Test
  @Rule("TASK-3")
  void longNamesWinOverShortOnes() {
    Map<String, String> environment =
        Map.of(
            "FLYTE_INTERNAL_EXECUTION_PROJECT", "p",
            "_F_PRJ", "other",
            "_F_DM", "development",
            "_F_NM", "f123",
            "_F_TK_NM", "my.task",
            "FLYTE_ATTEMPT_NUMBER", "2",
            "FLYTE_MAX_ATTEMPTS", "3");

    TaskContext context = of(ONE, environment);

    assertThat(context.execution().project()).isEqualTo("p");
    assertThat(context.execution().domain()).isEqualTo("development");
    assertThat(context.execution().workflow()).isNull();
    assertThat(context.task().name()).isEqualTo("my.task");
    assertThat(context.attempt()).isEqualTo(2);
    assertThat(context.maxAttempts()).isEqualTo(3);
    assertThat(ExecutionMetadata.of(environment))
        .isEqualTo(
            Map.of(
                "flyte-execution-project", "p",
                "flyte-execution-domain", "development",
                "flyte-execution-name", "f123"));
  }

  @Test
  @Rule("TASK-3")
  void optionsWinOverVariablesInFlyte2() {
    TaskArguments arguments =
        TaskArguments.parse("-i", "i", "-o", "o", "--run-name", "r", "--name", "{{.actionName}}");

    TaskContext context =
        of(arguments, Map.of("RUN_NAME", "other", "ACTION_NAME", "a1", "_F_PN", "pod-1"));

    assertThat(context.generation()).isEqualTo(FlyteGeneration.FLYTE_2);
    assertThat(context.run().name()).isEqualTo("r");
    assertThat(context.run().action()).isEqualTo("a1");
    assertThat(context.run().pod()).isEqualTo("pod-1");
    assertThat(context.attempt()).isZero();
  }

  @Test
  void variableThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> of(ONE, Map.of("FLYTE_ATTEMPT_NUMBER", "first")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FLYTE_ATTEMPT_NUMBER");
  }
}
