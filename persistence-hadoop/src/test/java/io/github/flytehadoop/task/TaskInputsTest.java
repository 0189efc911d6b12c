/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralException;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.testkit.Rule;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a task reads what it is given. */
class TaskInputsTest {
  private static final Path VECTORS = Path.of("src/test/resources/task-vectors");

  @TempDir Path temp;

  private static void succeeds(TaskSite site, TaskBody body, String... more) throws Exception {
    ExitStatus status = site.run(FlyteGeneration.FLYTE_1, body, more);
    assertThat(status.outcome())
        .as(site.metadata().contains("error.pb") ? site.error().message() : "")
        .isEqualTo(ExitStatus.Outcome.SUCCEEDED);
  }

  @Test
  void valuesOfAllKinds() throws Exception {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("n", 3);
    inputs.put("x", 0.5);
    inputs.put("s", "text");
    inputs.put("b", true);
    inputs.put("at", Instant.parse("2026-01-02T03:04:05Z"));
    inputs.put("for", Duration.ofSeconds(-3));
    inputs.put("list", List.of(1, 2));
    inputs.put("map", Map.of("k", "v"));
    inputs.put("none", Literal.of(null));
    inputs.put("table", new StructuredDataset("s3://bucket/t", "parquet"));
    try (TaskSite site = TaskSite.with(inputs)) {
      succeeds(
          site,
          task -> {
            TaskInputs given = task.inputs();
            assertThat(given.names()).hasSize(10).contains("none");
            assertThat(given.getLong("n")).isEqualTo(3);
            assertThat(given.getDouble("x")).isEqualTo(0.5);
            assertThat(given.getDouble("n")).isEqualTo(3.0);
            assertThat(given.getString("s")).isEqualTo("text");
            assertThat(given.getBoolean("b")).isTrue();
            assertThat(given.getInstant("at")).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
            assertThat(given.getDuration("for")).isEqualTo(Duration.ofSeconds(-3));
            assertThat(given.getList("list", Long.class)).containsExactly(1L, 2L);
            assertThat(given.getMap("map", String.class)).isEqualTo(Map.of("k", "v"));
            assertThat(given.optionalLong("none")).isEmpty();
            assertThat(given.optionalString("absent")).isEmpty();
            assertThat(given.optionalDouble("x")).hasValue(0.5);
            assertThat(given.optionalList("list", Long.class).orElseThrow()).hasSize(2);
            assertThat(given.dataset("table").format()).isEqualTo("parquet");
            assertThatThrownBy(() -> given.getLong("s"))
                .isInstanceOf(LiteralException.class)
                .hasMessageContaining("Cannot read input s as long");
            assertThatThrownBy(() -> given.getLong("other"))
                .isInstanceOf(LiteralException.class)
                .hasMessageContaining(
                    "Cannot read input other: the task has no such input. It has");
          });
      long reads = site.s3().requests().stream().filter(r -> r.key().equals("m/inputs.pb")).count();
      assertThat(reads).as("HEAD and GET").isEqualTo(2);
    }
  }

  @Test
  void bodyThatAsksForNothingReadsNothing() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      succeeds(site, task -> {});
      assertThat(site.s3().requests()).noneMatch(r -> r.key().equals("m/inputs.pb"));
    }
  }

  @Test
  void filesAndDirectoriesAreStreamsOrDownloads() throws Exception {
    try (TaskSite site =
        TaskSite.with(
            Map.of(
                "file", new FlyteFile("s3://bucket/d/a b.csv", "csv"),
                "directory", new FlyteDirectory("s3://bucket/d")))) {
      site.put("d/a b.csv", "1,2".getBytes(StandardCharsets.UTF_8));
      site.put("d/sub/c", "3".getBytes(StandardCharsets.UTF_8));
      succeeds(
          site,
          task -> {
            InputFile file = task.inputs().file("file");
            assertThat(file.format()).isEqualTo("csv");
            try (InputStream in = file.openRead()) {
              assertThat(in.readAllBytes()).hasSize(3);
            }
            Path copy = file.download();
            assertThat(copy).hasFileName("a b.csv").hasContent("1,2");
            file.download(temp.resolve("own"));
            assertThat(temp.resolve("own")).hasContent("1,2");
            InputDirectory directory = task.inputs().directory("directory");
            try (var files = directory.files()) {
              assertThat(files.map(each -> each.uri()))
                  .containsExactly("s3://bucket/d/a b.csv", "s3://bucket/d/sub/c");
            }
            try (InputStream in = directory.openRead("sub/c")) {
              assertThat(in.readAllBytes()).containsExactly('3');
            }
            assertThat(directory.download().resolve("sub/c")).hasContent("3");
          });
    }
  }

  private static Literal offloaded(String key, long size) {
    return new Literal(new OffloadedValue(TaskSite.uri(key), size, null));
  }

  @Test
  @Rule("TASK-19")
  void offloadedLiteralIsFetchedOnceAndOnlyWhenAskedFor() throws Exception {
    byte[] list = Literals.toBytes(Literal.of(List.of(1, 2, 3)));
    byte[] outer = Literals.toBytes(offloaded("x/inner.pb", list.length));
    try (TaskSite site =
        TaskSite.with(
            Map.of(
                "used", offloaded("x/outer.pb", outer.length),
                "unused", offloaded("x/unused.pb", 5)))) {
      site.put("x/outer.pb", outer);
      site.put("x/inner.pb", list);
      succeeds(
          site,
          task -> {
            assertThat(task.inputs().names()).contains("used", "unused");
            assertThat(task.inputs().getList("used", Long.class)).containsExactly(1L, 2L, 3L);
            int before = site.s3().requests().size();
            assertThat(task.inputs().getList("used", Long.class)).hasSize(3);
            assertThat(site.s3().requests()).hasSize(before);
          });
      assertThat(site.s3().requests()).noneMatch(r -> r.key().equals("x/unused.pb"));
    }
  }

  @Test
  @Rule("TASK-19")
  void offloadedLiteralThatIsNotWhatItWasIsRefused() throws Exception {
    try (TaskSite site =
        TaskSite.with(
                Map.of(
                    "changed", offloaded("x/changed.pb", 6),
                    "huge", offloaded("x/huge.pb", 1001),
                    "negative", offloaded("x/huge.pb", -1),
                    "nowhere", new Literal(new OffloadedValue("", 6, null)),
                    "gone", offloaded("x/gone.pb", 6)))
            .limits(TaskLimits.defaults().withOffloadedBytes(1000))) {
      site.put("x/changed.pb", new byte[7]);
      succeeds(
          site,
          task -> {
            TaskInputs given = task.inputs();
            assertThatThrownBy(() -> given.literal("changed")).hasMessageContaining("x/changed.pb");
            assertThatThrownBy(() -> given.literal("huge"))
                .hasMessageContaining("it has more than 1000 bytes");
            assertThatThrownBy(() -> given.literal("negative"))
                .hasMessageContaining("it has more than 1000 bytes");
            assertThatThrownBy(() -> given.literal("nowhere")).hasMessageContaining("has no uri");
            assertThatThrownBy(() -> given.literal("gone")).hasMessageContaining("x/gone.pb");
          });
    }
  }

  @Test
  void inputsOverTheBoundAreRefused() throws Exception {
    try (TaskSite site =
        TaskSite.with(Map.of("s", "x".repeat(2000)))
            .limits(TaskLimits.defaults().withInputsBytes(1000))) {
      site.run(task -> task.inputs().names());
      assertThat(site.error().message()).contains("it has more than 1000 bytes");
      assertThat(site.error().code()).isEqualTo("SYSTEM");
    }
  }

  @Test
  @Rule("TASK-17")
  void contextOfFlyte2WithoutTheKeysOfTheSdk() throws Exception {
    try (TaskSite site = new TaskSite()) {
      site.put("m/inputs.pb", Files.readAllBytes(VECTORS.resolve("flyte2/context/inputs.pb")));
      String[] when = {"--run-start-time", "2026-01-02T03:04:05Z"};
      ExitStatus status =
          site.run(
              FlyteGeneration.FLYTE_2,
              task -> {
                assertThat(task.inputs().context()).isNotEmpty();
                assertThat(task.inputs().context().keySet()).noneMatch(k -> k.startsWith("_u_"));
              },
              when);
      assertThat(status.outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
    }
  }

  @Test
  @Rule("TASK-17")
  void inputThatAScheduleFillsIsTheStartOfTheRun() throws Exception {
    byte[] context = kickoffContext("at");
    for (String start :
        Arrays.asList("2026-01-02T03:04:05Z", "2026-01-02T04:04:05+01:00", "soon")) {
      try (TaskSite site = new TaskSite()) {
        site.put("m/inputs.pb", context);
        Instant expected =
            start.equals("soon") ? Instant.EPOCH : Instant.parse("2026-01-02T03:04:05Z");
        ExitStatus status =
            site.run(
                FlyteGeneration.FLYTE_2,
                task -> {
                  assertThat(task.inputs().names()).containsExactly("at");
                  assertThat(task.inputs().getInstant("at")).isEqualTo(expected);
                  assertThat(task.inputs().context()).isEmpty();
                },
                "--run-start-time",
                start);
        assertThat(status.outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
      }
    }
  }

  /** Field 2 of Inputs, as bytes: key and value. */
  private static byte[] kickoffContext(String input) {
    byte[] key = "_u_kickoff_time_input_arg".getBytes(StandardCharsets.UTF_8);
    byte[] value = input.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[2 + 2 + key.length + 2 + value.length];
    int at = 0;
    bytes[at++] = 0x12;
    bytes[at++] = (byte) (bytes.length - 2);
    bytes[at++] = 0x0a;
    bytes[at++] = (byte) key.length;
    System.arraycopy(key, 0, bytes, at, key.length);
    at += key.length;
    bytes[at++] = 0x12;
    bytes[at++] = (byte) value.length;
    System.arraycopy(value, 0, bytes, at, value.length);
    return bytes;
  }

  @Test
  @Rule("TASK-17")
  void mountIsReadInPlaceOfTheBucketWhenItIsThere() throws Exception {
    Path mount = Files.createDirectories(temp.resolve("mount"));
    Map<String, ?> inputs = Map.of("file", new FlyteFile("s3://bucket/d/f"));
    for (String place : List.of(mount.toString(), temp.resolve("absent").toString())) {
      try (TaskSite site = TaskSite.with(inputs).set("_F_PATH_REWRITE", "s3://bucket->" + place)) {
        String expected = place.equals(mount.toString()) ? mount + "/d/f" : "s3://bucket/d/f";
        ExitStatus status =
            site.run(
                FlyteGeneration.FLYTE_2,
                task -> assertThat(task.inputs().file("file").uri()).isEqualTo(expected));
        assertThat(status.outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
      }
    }
  }
}
