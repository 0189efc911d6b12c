/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.FlyteDirectory;
import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralType;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.LiteralValue.UnionValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.literal.StructuredDataset;
import io.github.flytehadoop.literal.TypeShape.Simple;
import io.github.flytehadoop.literal.TypeShape.SimpleShape;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task writes, and in which order. */
class TaskOutputsTest {
  private static final String OUTPUTS = TaskSite.PREFIX + "/outputs.pb";

  @TempDir Path temp;

  record Point(long x, String label) {}

  @ParameterizedTest
  @EnumSource(FlyteGeneration.class)
  void dataIsThereBeforeTheOutputsAre(FlyteGeneration generation) throws Exception {
    Path file = Files.writeString(temp.resolve("a b%20.csv"), "1,2");
    Path directory = Files.createDirectories(temp.resolve("model"));
    Files.writeString(directory.resolve("weights"), "w");
    try (TaskSite site = TaskSite.with(Map.of())) {
      ExitStatus status =
          site.run(
              generation,
              task -> {
                task.outputs().put("n", 3);
                task.outputs().put("best", new Point(1, "a"));
                task.outputs().putFile("file", file, "csv");
                task.outputs().putDirectory("directory", directory);
                task.outputs().put("files", List.of(file, file));
                task.outputs().put("none", null, LiteralType.optional(LiteralType.STRING));
                task.outputs()
                    .putDataset("table", new StructuredDataset("s3://bucket/t", "parquet"));
              });

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.SUCCEEDED, 0));
      Map<String, Literal> outputs = site.outputs();
      FlyteFile written = Literals.as(outputs.get("file"), FlyteFile.class);
      assertThat(written.format()).isEqualTo("csv");
      assertThat(written.uri()).matches("s3://bucket/raw/x/[0-9a-f]{32}/a b%20[.]csv");
      FlyteDirectory model = Literals.as(outputs.get("directory"), FlyteDirectory.class);
      assertThat(model.uri()).matches("s3://bucket/raw/x/[0-9a-f]{32}");
      assertThat(site.bytes(model.uri().substring(12) + "/weights")).containsExactly('w');
      assertThat(Literals.list("files", outputs.get("files"), FlyteFile.class)).hasSize(2);
      assertThat(Literals.as(outputs.get("n"), Long.class)).isEqualTo(3);
      assertThat(Literals.as(outputs.get("best"), Point.class)).isEqualTo(new Point(1, "a"));
      assertThat(outputs.get("none").value()).isInstanceOf(UnionValue.class);
      assertThat(site.written()).hasSize(5).endsWith(OUTPUTS);
      assertThat(site.s3().metadata(TaskSite.BUCKET, OUTPUTS))
          .containsEntry("x-amz-meta-flyte-execution-name", "f123");
      assertThat(site.s3().pendingUploads(TaskSite.BUCKET)).isEmpty();
    }
  }

  @Test
  void noOutputsAreAFileOfNoBytes() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      assertThat(site.run(task -> {}).code()).isZero();
      assertThat(site.bytes(OUTPUTS)).isEmpty();
      assertThat(site.metadata()).containsExactly("outputs.pb");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) - 1, 1 << 20})
  void literalOfTheLeastSizeIsOffloaded(int size) throws Exception {
    String text = textOfLiteral(size);
    try (TaskSite site = TaskSite.with(Map.of()).set("_F_L_MIN_SIZE_MB", "1")) {
      assertThat(site.run(task -> task.outputs().put("big", text)).code()).isZero();

      Literal big = site.outputs().get("big");
      if (size < 1 << 20) {
        assertThat(Literals.as(big, String.class)).isEqualTo(text);
        return;
      }
      OffloadedValue offloaded = (OffloadedValue) big.value();
      assertThat(offloaded.uri()).isEqualTo(TaskSite.uri("m/data/0/big_offloaded_metadata.pb"));
      assertThat(offloaded.sizeBytes()).isEqualTo(size);
      assertThat(offloaded.inferredType().shape()).isEqualTo(new SimpleShape(Simple.STRING));
      assertThat(big.hash()).hasSize(44);
      byte[] file = site.bytes("m/data/0/big_offloaded_metadata.pb");
      assertThat(Literals.as(Literals.parse(file), String.class)).isEqualTo(text);
      assertThat(site.written()).endsWith(OUTPUTS).hasSize(2);
    }
  }

  @Test
  void literalOfTheMostSizeIsRefusedForGood() throws Exception {
    try (TaskSite site =
        TaskSite.with(Map.of()).set("_F_L_MIN_SIZE_MB", "1").set("_F_L_MAX_SIZE_MB", "2")) {
      site.run(task -> task.outputs().put("big", "x".repeat(2 << 20)));

      assertThat(site.metadata()).containsExactly("error.pb");
      assertThat(site.error().message()).startsWith("Cannot write output big: it has 2097");
      assertThat(site.error().kind().name()).isEqualTo("NON_RECOVERABLE");
    }
  }

  @Test
  void nothingIsOffloadedUnlessThePlatformSaysSo() throws Exception {
    for (FlyteGeneration generation : FlyteGeneration.values()) {
      try (TaskSite site = TaskSite.with(Map.of()).set("_F_L_MAX_SIZE_MB", "2")) {
        if (generation == FlyteGeneration.FLYTE_2) {
          site.set("_F_L_MIN_SIZE_MB", "1");
        }
        site.run(generation, task -> task.outputs().put("big", "x".repeat(3 << 20)));
        assertThat(site.metadata()).containsExactly("outputs.pb");
      }
    }
  }

  private static String textOfLiteral(int size) throws Exception {
    int around = Literals.toBytes(Literal.of("x".repeat(size))).length - size;
    String text = "x".repeat(size - around);
    assertThat(Literals.toBytes(Literal.of(text))).hasSize(size);
    return text;
  }

  @Test
  void outputsOverTheBoundAreRefusedWithTheirSizes() throws Exception {
    TaskLimits limits = TaskLimits.defaults().withOutputsBytes(1000);
    try (TaskSite site = TaskSite.with(Map.of()).limits(limits)) {
      site.run(
          task -> {
            task.outputs().put("small", 1);
            task.outputs().put("large", "x".repeat(2000));
          });

      assertThat(site.metadata()).containsExactly("error.pb");
      assertThat(site.error().message())
          .contains("more than the bound of 1000 (large 2009, small 6)");
    }
  }

  @Test
  void errorThatAnEarlierProcessLeftIsRemovedBefore() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.put("m/data/0/error.pb", new byte[] {1});

      assertThat(site.run(task -> task.outputs().put("n", 1)).code()).isZero();

      assertThat(site.metadata()).containsExactly("outputs.pb");
      List<RequestKind> kinds =
          site.s3().requests().stream()
              .map(request -> request.kind())
              .filter(
                  kind ->
                      Arrays.asList(RequestKind.DELETE_OBJECT, RequestKind.PUT_OBJECT)
                          .contains(kind))
              .toList();
      assertThat(kinds).containsExactly(RequestKind.DELETE_OBJECT, RequestKind.PUT_OBJECT);
    }
  }

  @Test
  void errorThatCannotBeRemovedFailsTheTask() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.put("m/data/0/error.pb", new byte[] {1});
      site.s3()
          .faults(
              FaultPlan.of(
                  FaultRule.on(RequestKind.DELETE_OBJECT, RequestKind.DELETE_OBJECTS)
                      .gives(Fault.status(403, "AccessDenied"))));

      ExitStatus status = site.run(task -> task.outputs().put("n", 1));

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.FAILED, 0));
      assertThat(site.metadata()).containsExactly("error.pb");
      assertThat(site.error().message())
          .startsWith("Cannot write the outputs: the failure that an earlier process left")
          .contains("Let the task delete s3://bucket/m/data/0/error.pb");
      assertThat(site.error().kind().name()).isEqualTo("NON_RECOVERABLE");
    }
  }

  @Test
  void reportIsAPageForBrowsers() throws Exception {
    for (FlyteGeneration generation : FlyteGeneration.values()) {
      try (TaskSite site = TaskSite.with(Map.of())) {
        site.run(generation, task -> task.report("<h1>\u00e9</h1>"));
        String name = generation == FlyteGeneration.FLYTE_1 ? "deck.html" : "report.html";
        assertThat(site.metadata()).containsExactlyInAnyOrder(name, "outputs.pb");
        assertThat(site.s3().metadata(TaskSite.BUCKET, "m/data/0/" + name))
            .containsEntry("content-type", "text/html; charset=utf-8");
      }
    }
  }

  @Test
  void uploadWithoutAPlaceForItIsRefused() throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "x");
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.run(
          FlyteGeneration.FLYTE_1,
          task -> task.outputs().putFile("f", file),
          "--raw-output-data-prefix",
          "{{.rawOutputDataPrefix}}");
      // the value given before counts, for a template is no value
      assertThat(site.metadata()).containsExactly("outputs.pb");
    }
    String[] none = {"--inputs", TaskSite.uri("i"), "--output-prefix", TaskSite.uri("m/data/0")};
    try (TaskSite site = TaskSite.with(Map.of())) {
      FlyteTask.run(
          none,
          site.environment(),
          TaskLimits.defaults(),
          task -> task.outputs().putFile("f", file));
      assertThat(site.error().message()).contains("--raw-output-data-prefix");
    }
  }
}
