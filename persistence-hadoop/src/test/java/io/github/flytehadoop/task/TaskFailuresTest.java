/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.Fault;
import io.github.flytehadoop.testkit.s3.FaultPlan;
import io.github.flytehadoop.testkit.s3.FaultRule;
import io.github.flytehadoop.testkit.s3.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a task that failed tells the platform. */
class TaskFailuresTest {
  @Test
  @Rule("TASK-7")
  void exceptionOfTheBodyIsWrittenInPlaceOfOutputs() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.put("m/data/0/outputs.pb", new byte[0]);

      ExitStatus status =
          site.run(
              task -> {
                task.outputs().put("n", 1);
                throw new IllegalStateException("no luck with " + TestSecrets.S3_SECRET_KEY);
              });

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.FAILED, 0));
      assertThat(site.metadata()).containsExactly("error.pb");
      ContainerError error = site.error();
      assertThat(error.code()).isEqualTo("USER:IllegalStateException");
      assertThat(error.message())
          .startsWith("no luck with ***\n\njava.lang.IllegalStateException: no luck with ***\n")
          .doesNotContain(TestSecrets.S3_SECRET_KEY);
      assertThat(error.timestamp()).isNull();
      assertThat(error.worker()).isEmpty();
    }
  }

  @Test
  @Rule("TASK-9")
  void errorOfAnyLengthIsAtMost64KiB() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.run(
          FlyteGeneration.FLYTE_2,
          task -> {
            throw new Exception("\u20ac".repeat(3_000_000));
          });

      assertThat(site.bytes("m/data/0/error.pb").length).isBetween(50_000, 64 << 10);
      assertThat(site.error().message()).contains("TaskFailuresTest");
    }
  }

  @Test
  void errorsOfTheVirtualMachineAreWrittenToo() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.run(
          task -> {
            throw new StackOverflowError();
          });
      assertThat(site.error().code()).isEqualTo("USER:StackOverflowError");
    }
  }

  @Test
  void interruptOfTheBodyDoesNotReachTheReport() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.run(
          task -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
          });
      assertThat(site.metadata()).containsExactly("error.pb");
    }
  }

  @Test
  @Rule("TASK-12")
  void workerWritesAFileOfItsOwn() throws Exception {
    try (TaskSite site =
        TaskSite.with(Map.of()).set("_F_DES", "Earliest").set("_F_WN", "worker-3")) {
      Instant before = Instant.now();
      site.run(
          task -> {
            throw new IllegalStateException("rank 3");
          });

      assertThat(site.metadata()).singleElement().asString().matches("error-[0-9a-f]{32}[.]pb");
      ContainerError error = site.error(site.metadata().get(0));
      assertThat(error.worker()).isEqualTo("worker-3");
      assertThat(error.timestamp()).isBetween(before, before.plus(Duration.ofMinutes(1)));
    }
  }

  @Test
  @Rule("TASK-12")
  void workerThatIsNotTheChiefWritesNothing() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      ExitStatus status =
          site.run(
              task -> {
                task.outputs().put("n", 1);
                throw new RuntimeException(new IgnoreOutputsException("rank 1"));
              });

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.IGNORED, 0));
      assertThat(site.metadata()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"true,1", "T,1", "1,1", "false,0", "yes,0"})
  @Rule("TASK-7")
  void statusIsOneWhenTheBatchServiceGoesByIt(String value, int code) throws Exception {
    try (TaskSite site = TaskSite.with(Map.of()).set("FLYTE_FAIL_ON_ERROR", value)) {
      ExitStatus status =
          site.run(
              task -> {
                throw new IllegalStateException("x");
              });
      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.FAILED, code));
    }
  }

  @Test
  @Rule("TASK-7")
  void failureThatCannotBeWrittenEndsWithOne() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.s3()
          .faults(
              FaultPlan.of(
                  FaultRule.on(RequestKind.PUT_OBJECT).gives(Fault.status(403, "AccessDenied"))));

      ExitStatus status = site.run(task -> task.outputs().put("n", 1));

      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.UNREPORTED, 1));
      assertThat(site.metadata()).isEmpty();
    }
  }

  @Test
  void outputsThatTheStoreRefusesNowAreToBeTriedAgain() throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      site.s3()
          .faults(
              FaultPlan.of(
                  FaultRule.on(RequestKind.PUT_OBJECT)
                      .key(key -> key.endsWith("outputs.pb"))
                      .gives(Fault.slowDown())));

      site.run(task -> task.outputs().put("n", 1));

      assertThat(site.metadata()).containsExactly("error.pb");
      assertThat(site.error().code()).isEqualTo("SYSTEM");
      assertThat(site.error().kind()).isEqualTo(ContainerError.Kind.RECOVERABLE);
      assertThat(site.error().origin()).isEqualTo(ContainerError.Origin.SYSTEM);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdfs://h/p", "file:///tmp/p", "/tmp/p"})
  @Rule("TASK-15")
  void metadataWhereThePlatformDoesNotReadIsRefused(String prefix) throws Exception {
    try (TaskSite site = TaskSite.with(Map.of())) {
      ExitStatus status =
          FlyteTask.run(
              new String[] {"--inputs", TaskSite.uri("m/inputs.pb"), "--output-prefix", prefix},
              site.environment(),
              TaskLimits.defaults(),
              task -> {});
      assertThat(status).isEqualTo(new ExitStatus(ExitStatus.Outcome.UNREPORTED, 1));
    }
    TaskArguments arguments =
        TaskArguments.parse("--inputs", "s3://b/i", "--output-prefix", prefix);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> FlyteTask.open(arguments, Map.of()).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Flyte's platform does not read inputs and outputs on");
  }

  @Test
  @Rule("TASK-7")
  void argumentsThatAreMissingEndWithOne() {
    assertThat(FlyteTask.run(new String[0], task -> {}).code()).isEqualTo(1);
  }
}
