/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.testkit.JavaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task in a process of its own, with the class path and the heap that others choose. */
@Timeout(300)
class TaskClassPathTest {
  private static final int ENTRIES = 100_000;
  private static final int ENTRY_BYTES = 1_000;

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

  @Test
  @Tag("slow")
  void offloadedMapOf100MiBFitsAHeapOf512MiB() throws Exception {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      texts.put("key" + i, "x".repeat(ENTRY_BYTES + i % 100));
    }
    byte[] bytes = Literals.toBytes(Literal.of(texts));
    assertThat(bytes.length).isGreaterThan(100 << 20);
    long expected = texts.values().stream().mapToLong(String::length).sum();
    texts.clear();
    Literal offloaded =
        new Literal(new OffloadedValue(TaskSite.uri("x/texts.pb"), bytes.length, null));
    try (TaskSite site = TaskSite.with(Map.of("texts", offloaded))) {
      site.put("x/texts.pb", bytes);
      JavaProgram ended = run(site, List.of());

      assertThat(ended.exitCode()).as(ended.output()).isZero();
      assertThat(site.metadata()).as(ended.output()).containsExactly("outputs.pb");
      assertThat(Literals.as(site.outputs().get("length"), Long.class)).isEqualTo(expected);
    }
  }
}
