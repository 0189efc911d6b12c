/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task in a process of its own, with the class path that others choose. */
@Timeout(300)
@Tag("slow")
class TaskClassPathTest {
  /** Counts the characters of a map. */
  static final class Program {
    public static void main(String[] args) {
      ExitStatus status =
          FlyteTask.run(
              args,
              task -> {
                Map<String, String> texts = task.inputs().getMap("texts", String.class);
                task.outputs()
                    .put("length", texts.values().stream().mapToLong(String::length).sum());
              });
      System.exit(status.code());
    }
  }

  private static JavaProgram run(TaskSite site, List<String> first) throws Exception {
    List<String> classPath = new ArrayList<>(first);
    classPath.add(System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(List.of(Program.class.getName()));
    command.addAll(List.of(TaskSite.arguments(FlyteGeneration.FLYTE_2)));
    return JavaProgram.run(classPath, site.environment(), command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5.0", "3.25.5", "4.33.0"})
  @Rule("TASK-23")
  void foreignProtobufInFrontChangesNothing(String version) throws Exception {
    Path jar =
        Path.of("target/foreign-protobuf/protobuf-java-" + version + ".jar").toAbsolutePath();
    assertThat(jar).as("the build copies it: mvn generate-test-resources").exists();
    try (TaskSite site = TaskSite.with(Map.of("texts", Map.of("a", "xy")))) {
      JavaProgram ended = run(site, List.of(jar.toString()));

      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(Literals.as(site.outputs().get("length"), Long.class)).isEqualTo(2);
    }
  }
}
