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
import io.github.flytehadoop.literal.TypeKind.Simple;
import io.github.flytehadoop.literal.TypeKind.SimpleKind;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
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
  @Rule({"TASK-5", "TASK-21"})
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
  @Rule("TASK-6")
  void noOutputsAreAFileOfNoBytes() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      assertThat(site.run(task -> {}).code()).isZero();
      assertThat(site.bytes(OUTPUTS)).isEmpty();
      assertThat(site.metadata()).containsExactly("outputs.pb");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) - 1, 1 << 20})
  @Rule("TASK-18")
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
      assertThat(offloaded.inferredType().kind()).isEqualTo(new SimpleKind(Simple.STRING));
      assertThat(big.hash()).hasSize(44);
      byte[] file = site.bytes("m/data/0/big_offloaded_metadata.pb");
      assertThat(Literals.as(Literals.parse(file), String.class)).isEqualTo(text);
      assertThat(site.written()).endsWith(OUTPUTS).hasSize(2);
    }
  }

  @Test
  @Rule("TASK-18")
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
  @Rule("TASK-18")
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
  @Rule("TASK-10")
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
  @Rule("TASK-10")
  void outputsOver2MiBAreWarnedOfWithTheirSizes() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    AbstractAppender appender =
        new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    Logger logger = (Logger) LogManager.getLogger(TaskOutputs.class);
    Level before = logger.getLevel();
    // an appender resets the level
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.run(task -> task.outputs().put("just", "x".repeat((2 << 20) - 100)));
      assertThat(lines).isEmpty();

      site.run(
          task -> {
            task.outputs().put("small", 1);
            task.outputs().put("large", "x".repeat(2 << 20));
          });

      assertThat(site.metadata()).containsExactly("outputs.pb");
      assertThat(lines)
          .singleElement()
          .asString()
          .startsWith("WARN The outputs have 2097")
          .contains("(large 20971", ", small 6)", "storage.limits.maxDownloadMBs");
    } finally {
      logger.removeAppender(appender);
      logger.setLevel(before);
    }
  }

  @Test
  @Rule("TASK-8")
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
  @Rule("TASK-8")
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
          .startsWith("Cannot write the outputs: a failure that an earlier process may have left")
          .contains("Let the task delete s3://bucket/m/data/0/error.pb");
      assertThat(site.error().kind().name()).isEqualTo("NON_RECOVERABLE");
    }
  }

  /** Without the right to list, S3 answers 403 for what is absent too. */
  private static FaultRule lookingRefused() {
    return FaultRule.on(RequestKind.HEAD_OBJECT, RequestKind.LIST)
        .key(key -> key.endsWith("error.pb"))
        .gives(Fault.status(403, "AccessDenied"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Rule("TASK-8")
  void errorThatNobodyMayLookForIsRemovedAllTheSame(boolean isThere) throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      if (isThere) {
        site.put("m/data/0/error.pb", new byte[] {1});
      }
      site.s3().faults(FaultPlan.of(lookingRefused()));

      ExitStatus status = site.run(task -> task.outputs().put("n", 1));

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.SUCCEEDED, 0));
      assertThat(site.metadata()).containsExactly("outputs.pb");
    }
  }

  @Test
  @Rule("TASK-8")
  void errorThatMayBeThereAndCannotBeRemovedFailsTheTask() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      FaultRule deleting =
          FaultRule.on(RequestKind.DELETE_OBJECT, RequestKind.DELETE_OBJECTS)
              .gives(Fault.status(403, "AccessDenied"));
      site.s3().faults(FaultPlan.of(lookingRefused(), deleting));

      ExitStatus status = site.run(task -> task.outputs().put("n", 1));

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.FAILED, 0));
      assertThat(site.metadata()).containsExactly("error.pb");
      assertThat(site.error().message()).contains("may have left cannot be removed");
    }
  }

  @Test
  @Rule("TASK-8")
  void errorThatIsNotThereNeedsNoRightToDelete() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.s3()
          .faults(
              FaultPlan.of(
                  FaultRule.on(RequestKind.DELETE_OBJECT, RequestKind.DELETE_OBJECTS)
                      .gives(Fault.status(403, "AccessDenied"))));

      assertThat(site.run(task -> task.outputs().put("n", 1)).code()).isZero();
      assertThat(site.metadata()).containsExactly("outputs.pb");
    }
  }

  @Test
  @Rule("TASK-16")
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
