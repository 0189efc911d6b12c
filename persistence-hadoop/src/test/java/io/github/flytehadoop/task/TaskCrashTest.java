/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.FlyteFile;
import io.github.flytehadoop.literal.Literal;
import io.github.flytehadoop.literal.LiteralValue.OffloadedValue;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.KilledProgram;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task whose process ends in the middle, at every request that it sends. */
@Timeout(300)
@Tag("slow")
class TaskCrashTest {
  @TempDir static Path temp;

  /** A process of its own with a body that uploads, offloads and reports. */
  static final class Program {
    public static void main(String[] args) {
      ExitStatus status = FlyteTask.run(args, body(Path.of(System.getenv("TASK_FILE"))));
      System.exit(status.code());
    }
  }

  private static TaskBody body(Path file) {
    return task -> {
      task.outputs().putFile("file", file);
      task.outputs().put("files", List.of(file));
      task.outputs().put("big", "x".repeat(1 << 20));
      task.report("<p>");
      task.outputs().put("n", task.inputs().getLong("n"));
    };
  }

  private static TaskSite site() throws IOException {
    TaskSite site = TaskSite.with(Map.of("n", 1)).set("_F_L_MIN_SIZE_MB", "1");
    site.put("m/data/0/error.pb", new byte[] {1});
    return site;
  }

  /** What the store may never show, whenever the process ended. */
  private static void check(TaskSite site, String when) throws IOException {
    List<String> metadata = site.metadata();
    if (!metadata.contains("outputs.pb")) {
      return;
    }
    assertThat(metadata).as(when).doesNotContain("error.pb");
    List<String> named = new ArrayList<>();
    named.add(Literals.as(site.outputs().get("file"), FlyteFile.class).uri());
    for (FlyteFile file : Literals.list("files", site.outputs().get("files"), FlyteFile.class)) {
      named.add(file.uri());
    }
    Literal big = site.outputs().get("big");
    named.add(((OffloadedValue) big.value()).uri());
    assertThat(named)
        .as(when)
        .hasSize(3)
        .allSatisfy(
            uri -> assertThat(site.keys()).contains(uri.substring("s3://bucket/".length())));
  }

  @Test
  @Rule({"TASK-5", "TASK-8"})
  void outputsNameNothingThatIsAbsentWhereverTheProcessEnds() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "content");
    int requests;
    try (TaskSite site = site()) {
      assertThat(site.run(body(file)).outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
      requests = site.s3().requests().size();
      check(site, "whole");
    }
    int withOutputs = 0;
    for (int last = 1; last <= requests; last++) {
      for (boolean carriedOut : new boolean[] {false, true}) {
        try (TaskSite site = site()) {
          FaultRule lost = FaultRule.on().nth(last).gives(Fault.loseReply());
          FaultRule dead = FaultRule.on().from(carriedOut ? last + 1 : last).gives(Fault.refuse());
          site.s3().faults(carriedOut ? FaultPlan.of(lost, dead) : FaultPlan.of(dead));
          ExitStatus status = site.run(body(file));
          assertThat(status.outcome()).isEqualTo(ExitStatus.Outcome.UNREPORTED);
          String when = "ended at request " + last + (carriedOut ? ", carried out" : "");
          check(site, when);
          withOutputs += site.metadata().contains("outputs.pb") ? 1 : 0;

          // the pod is started again inside the attempt
          site.s3().faults(FaultPlan.none());
          assertThat(site.run(body(file)).outcome()).isEqualTo(ExitStatus.Outcome.SUCCEEDED);
          assertThat(site.metadata()).as(when).contains("outputs.pb");
          check(site, when + ", started again");
        }
      }
    }
    assertThat(withOutputs).as("the last request is the one that publishes").isEqualTo(1);
  }

  private static KilledProgram start(TaskSite site, Path file) throws IOException {
    site.set("TASK_FILE", file.toString());
    List<String> command = new ArrayList<>(List.of(Program.class.getName()));
    command.addAll(List.of(TaskSite.arguments(FlyteGeneration.FLYTE_1)));
    return KilledProgram.start(site.environment(), command);
  }

  @Test
  @Rule("TASK-5")
  void processThatIsKilledBeforeItPublishesLeavesNoOutputs() throws Exception {
    Path file = Files.writeString(temp.resolve("killed"), "content");
    CompletableFuture<KilledProgram> program = new CompletableFuture<>();
    try (TaskSite site = site()) {
      site.s3()
          .onRequest(
              (kind, ordinal) -> {
                String key = site.s3().requests().get(ordinal - 1).key();
                if (kind == RequestKind.PUT_OBJECT && key.endsWith("/outputs.pb")) {
                  program.join().kill();
                  throw new IllegalStateException("dead");
                }
              });
      program.complete(start(site, file));
      program.join().awaitKill();

      assertThat(site.metadata())
          .contains("big_offloaded_metadata.pb")
          .doesNotContain("outputs.pb");
      assertThat(site.metadata()).doesNotContain("error.pb");
    }
  }

  @Test
  @Rule("TASK-14")
  void processThatIsToldToEndLeavesNothing() throws Exception {
    Path large = TestDirectories.create("task").resolve("large");
    Files.write(large, new byte[40 << 20]);
    CompletableFuture<KilledProgram> program = new CompletableFuture<>();
    try (TaskSite site = TaskSite.with(Map.of("n", 1))) {
      site.s3()
          .onRequest(
              (kind, ordinal) -> {
                if (kind == RequestKind.UPLOAD_PART) {
                  program.join().terminate();
                }
              });
      // parts take a while, so that the signal comes before the last
      site.s3().connectionBandwidth(4 << 20);
      program.complete(start(site, large));
      JavaProgram ended = program.join().awaitEnd();

      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(128 + 15);
      assertThat(site.metadata()).isEmpty();
      assertThat(site.keys()).containsExactly("m/inputs.pb");
      assertThat(site.s3().pendingUploads(TaskSite.BUCKET)).isEmpty();
    } finally {
      Files.delete(large);
    }
  }
}
