/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt leaves for the next one. */
class TaskCheckpointTest {
  @TempDir Path temp;

  @Test
  @Rule("TASK-13")
  void nextAttemptRestoresWhatTheLastOneSaved() throws Exception {
    Path model = Files.createDirectories(temp.resolve("model"));
    Files.writeString(model.resolve("step"), "7");
    try (TaskSite site = TaskSite.with(Map.of())) {
      ExitStatus failed =
          site.run(
              task -> {
                assertThat(task.checkpoint().read()).isEmpty();
                assertThat(task.checkpoint().restore(temp.resolve("none"))).isFalse();
                task.checkpoint().save(model);
                task.checkpoint().write(new byte[] {1});
                task.checkpoint().write(new byte[] {1, 2});
                throw new RecoverableTaskException("again");
              });
      assertThat(failed.outcome()).isEqualTo(ExitStatus.Outcome.FAILED);
      assertThat(site.keys())
          .contains("raw/x/_flytecheckpoints/_dst_cp", "raw/x/_flytecheckpoints/step");

      ExitStatus status =
          site.run(
              FlyteGeneration.FLYTE_1,
              task -> {
                assertThat(task.checkpoint().read()).hasValue(new byte[] {1, 2});
                assertThat(task.checkpoint().restore(temp.resolve("back"))).isTrue();
                assertThat(temp.resolve("back/step")).hasContent("7");
              },
              "--prev-checkpoint",
              TaskSite.uri("raw/x/_flytecheckpoints"));
      assertThat(status.outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
    }
  }

  @Test
  @Rule("TASK-13")
  void previousAttemptThatSavedNothingIsNoCheckpoint() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      ExitStatus status =
          site.run(
              FlyteGeneration.FLYTE_2,
              task -> {
                assertThat(task.checkpoint().read()).isEmpty();
                assertThat(task.checkpoint().restore(temp.resolve("back"))).isFalse();
              },
              "--prev-checkpoint",
              TaskSite.uri("raw/other"));
      assertThat(status.outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
    }
  }

  @Test
  void saveWithoutAPlaceIsRefused() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of());
        FlyteTask task =
            FlyteTask.open(
                TaskArguments.parse("-i", TaskSite.uri("i"), "-o", TaskSite.uri("o")),
                site.environment())) {
      assertThatThrownBy(() -> task.checkpoint().write(new byte[1]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("--checkpoint-path {{.checkpointOutputPrefix}}");
    }
  }
}
