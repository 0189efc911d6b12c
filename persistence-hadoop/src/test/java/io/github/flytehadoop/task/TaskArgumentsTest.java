/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of both SDKs. */
class TaskArgumentsTest {
  @Test
  @Rule("TASK-1")
  void optionsOfFlytekit() {
    TaskArguments parsed =
        TaskArguments.parse(
            "--inputs",
            "s3://b/m/inputs.pb",
            "--output-prefix",
            "s3://b/m/data/0",
            "--raw-output-data-prefix=s3://b/raw/x",
            "--checkpoint-path",
            "s3://b/raw/x/_flytecheckpoints",
            "--prev-checkpoint",
            "\"\"",
            "--resolver",
            "some.resolver",
            "--",
            "--inputs",
            "of the user");

    assertThat(parsed.generation()).isEqualTo(FlyteGeneration.FLYTE_1);
    assertThat(parsed.inputs()).isEqualTo("s3://b/m/inputs.pb");
    assertThat(parsed.outputPrefix()).isEqualTo("s3://b/m/data/0");
    assertThat(parsed.rawOutputPrefix()).isEqualTo("s3://b/raw/x");
    assertThat(parsed.checkpointPrefix()).isEqualTo("s3://b/raw/x/_flytecheckpoints");
    assertThat(parsed.previousCheckpoint()).isNull();
    assertThat(parsed.rest()).containsExactly("--inputs", "of the user");
  }

  @Test
  @Rule("TASK-1")
  void optionsOfFlyte2() {
    TaskArguments parsed =
        TaskArguments.parse(
            "a0",
            "-i",
            "s3://b/i.pb",
            "-o",
            "s3://b/ab/run/a0/1/",
            "-r",
            "s3://b/raw",
            "--version",
            "v1",
            "--debug",
            "-c",
            "s3://b/c",
            "-p",
            "s3://b/p",
            "--run-name=r1",
            "--name",
            "a0",
            "--run-start-time",
            "{{.runStartTime}}");

    assertThat(parsed.generation()).isEqualTo(FlyteGeneration.FLYTE_2);
    assertThat(parsed.inputs()).isEqualTo("s3://b/i.pb");
    assertThat(parsed.outputPrefix()).isEqualTo("s3://b/ab/run/a0/1");
    assertThat(parsed.rawOutputPrefix()).isEqualTo("s3://b/raw");
    assertThat(parsed.checkpointPrefix()).isEqualTo("s3://b/c");
    assertThat(parsed.previousCheckpoint()).isEqualTo("s3://b/p");
    assertThat(parsed.run()).isEqualTo(new TaskArguments.Run("r1", "a0", null));
    assertThat(parsed.rest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "{{.rawOutputDataPrefix}}", "{{$rawOutputDataPrefix}}"})
  @Rule("TASK-2")
  void valueThatNobodyFilledInIsAbsent(String value) {
    TaskArguments parsed =
        TaskArguments.parse("--inputs=i", "--output-prefix=o", "--raw-output-data-prefix", value);

    assertThat(parsed.rawOutputPrefix()).isNull();
  }

  @Test
  @Rule("TASK-1")
  void optionWithoutAValueDoesNotTakeTheNextOption() {
    TaskArguments parsed =
        TaskArguments.parse("--prev-checkpoint", "--inputs", "i", "--output-prefix", "o");

    assertThat(parsed.previousCheckpoint()).isNull();
    assertThat(parsed.inputs()).isEqualTo("i");
  }

  @Test
  void inputsAndOutputPrefixAreRequired() {
    assertThatThrownBy(() -> TaskArguments.parse("--inputs", "i", "--output-prefix", "{{.x}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not say the output prefix")
        .hasMessageContaining("--output-prefix {{.outputPrefix}}");
    assertThatThrownBy(() -> TaskArguments.parse("--outputs-path", "o"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not say the inputs");
  }
}
