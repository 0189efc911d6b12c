/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.flytehadoop.literal.LiteralMap;
import io.github.flytehadoop.literal.Literals;
import io.github.flytehadoop.spark.SparkStandalone;
import io.github.flytehadoop.task.ExitStatus;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.KilledProgram;
import io.github.flytehadoop.testkit.PythonTask;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.RequestKind;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tasks that {@code spark-submit} starts on a standalone cluster: the wheel's classes declare them
 * with the real SDKs, which write the inputs and read what Spark wrote.
 */
@Tag("cluster")
@Timeout(600)
@RequireStores("spark")
class StandaloneSparkTaskTest {
  private static SparkStandalone cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = SparkStandalone.start(1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  @RequireStores({"s3", "python"})
  @Rule({"TASK-4", "TASK-22"})
  void flytekitReadsWhatItWrites() throws Exception {
    check(PythonTask.ofFlytekit("wheel-spark"));
  }

  @Test
  @RequireStores({"s3", "flyte2"})
  @Rule({"TASK-4", "TASK-22"})
  void flyte2ReadsWhatItWrites() throws Exception {
    check(PythonTask.ofFlyte2("wheel-spark"));
  }

  private static void check(PythonTask task) throws Exception {
    JsonNode declared = task.declare();
    assertThat(declared.get("type").asText()).isEqualTo("spark");
    assertThat(declared.get("sidecar").asBoolean()).isFalse();
    JsonNode job = declared.get("custom");
    assertThat(job.get("applicationType").asText()).isEqualTo("JAVA");
    assertThat(job.get("mainApplicationFile").asText()).isEqualTo("local:///app/task.jar");

    List<String> command = submit(job.get("mainClass").asText(), settings(job.get("sparkConf")));
    command.add(SparkExample.jar("JvmSparkPricing").toString());
    command.addAll(task.rendered(declared.get("arguments")));
    JavaProgram ended =
        JavaProgram.run(
            List.of(System.getProperty("java.class.path")),
            environment(PythonTask.environment()),
            command);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(task.outputs()).as(ended.output()).isEqualTo(SparkExample.expected());
  }

  private static Map<String, String> settings(JsonNode conf) {
    Map<String, String> settings = new HashMap<>();
    conf.fieldNames().forEachRemaining(key -> settings.put(key, conf.get(key).asText()));
    return settings;
  }

  private static Map<String, String> environment(Map<String, String> stores) {
    Map<String, String> environment = new HashMap<>(stores);
    environment.put("SPARK_HOME", cluster.home().toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_SCALA_VERSION", "2.13");
    return environment;
  }

  /** What Spark's script of that name runs, up to the application. */
  private static List<String> submit(String mainClass, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("spark.driver.host", "127.0.0.1");
    all.put("spark.driver.bindAddress", "127.0.0.1");
    all.put("spark.ui.enabled", "false");
    all.put("spark.sql.shuffle.partitions", "2");
    all.put("spark.executor.memory", "768m");
    all.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    words.addAll(List.of("--master", cluster.master(), "--class", mainClass));
    all.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    return words;
  }

  /** Writes rows for longer than it is let. */
  public static final class SlowRows {
    public static void main(String[] args) {
      ExitStatus status =
          FlyteSparkTask.run(
              args,
              task ->
                  task.putDataset(
                      "rows",
                      task.spark()
                          .range(0, 4000, 1, 4)
                          .map((MapFunction<Long, Long>) SlowRows::slowly, Encoders.LONG())
                          .toDF("id")));
      System.exit(status.code());
    }

    private static long slowly(long id) throws InterruptedException {
      Thread.sleep(id < 1000 ? 1 : 50);
      return id;
    }
  }

  @Test
  @Rule("TASK-14")
  void driverThatIsToldToEndLeavesNothing() throws Exception {
    CompletableFuture<KilledProgram> program = new CompletableFuture<>();
    try (S3Endpoint s3 = S3Endpoint.start()) {
      s3.createBucket("bucket");
      s3.putDirectly("bucket", "m/inputs.pb", Literals.toBytes(LiteralMap.EMPTY));
      s3.onRequest(
          (kind, ordinal) -> {
            // the first of four files is there, and waits for the others
            if (kind == RequestKind.UPLOAD_PART) {
              program.join().terminate();
            }
          });
      List<String> command =
          submit(
              SlowRows.class.getName(),
              Map.ofEntries(
                  Map.entry("spark.plugins", "io.github.flytehadoop.spark.FlyteSparkPlugin"),
                  // what Spark's pages say of executors is older than their tasks
                  Map.entry("spark.ui.liveUpdate.period", "1h"),
                  Map.entry("spark.ui.liveUpdate.minFlushPeriod", "1h")));
      command.add("spark-internal");
      command.addAll(List.of("--inputs", "s3://bucket/m/inputs.pb"));
      command.addAll(List.of("--output-prefix", "s3://bucket/m/data/0"));
      command.addAll(List.of("--raw-output-data-prefix", "s3://bucket/raw/x"));
      Map<String, String> stores = new HashMap<>();
      stores.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
      stores.put("FLYTE_AWS_ACCESS_KEY_ID", "tester");
      stores.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
      program.complete(KilledProgram.start(environment(stores), command));
      JavaProgram ended = program.join().awaitEnd();

      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(128 + 15);
      assertThat(s3.keys("bucket")).as(ended.output()).containsExactly("m/inputs.pb");
      assertThat(s3.pendingUploads("bucket")).as(ended.output()).isEmpty();
    }
  }
}
