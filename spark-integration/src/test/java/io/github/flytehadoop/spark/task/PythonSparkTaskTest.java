/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.PythonTask;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The example of a task on Spark, declared by the real flytekit with a pandas frame that it wrote,
 * run with an executor in a JVM of its own; then flytekit reads what it wrote.
 */
@Tag("cluster")
@Timeout(600)
@RequireStores({"s3", "python"})
class PythonSparkTaskTest {
  @Test
  @Rule({"TASK-4", "TASK-22"})
  void pythonReadsWhatSparkMadeOfItsFrame() throws Exception {
    PythonTask task = PythonTask.ofFlytekit("spark");
    JsonNode declared = task.declare();
    assertThat(declared.get("type").asText()).isEqualTo("spark");
    assertThat(declared.get("command")).isEmpty();
    JsonNode job = declared.get("custom");
    assertThat(job.get("applicationType").asText()).isEqualTo("JAVA");
    Path classes = SparkExample.compiled("JvmSparkPricing");
    String classPath = classes + ":" + System.getProperty("java.class.path");

    List<String> command = new ArrayList<>();
    JsonNode conf = job.get("sparkConf");
    conf.fieldNames()
        .forEachRemaining(key -> command.add("-D" + key + "=" + conf.get(key).asText()));
    command.addAll(
        List.of(
            "-Dspark.master=local-cluster[1,1,768]",
            "-Dspark.executor.memory=768m",
            "-Dspark.executor.extraClassPath=" + classPath,
            "-Dspark.deploy.maxExecutorRetries=3",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.sql.shuffle.partitions=2",
            "-Dspark.local.dir=" + TestDirectories.create("spark"),
            "-Dspark.app.name=task",
            job.get("mainClass").asText()));
    command.addAll(task.rendered(declared.get("arguments")));

    JavaProgram ended = JavaProgram.run(List.of(classPath), environment(), command);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(task.outputs()).as(ended.output()).isEqualTo(SparkExample.expected());
  }

  private static Map<String, String> environment() throws Exception {
    Map<String, String> environment = new HashMap<>(PythonTask.environment());
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Files.createDirectories(home.resolve("jars"));
    environment.put("SPARK_HOME", home.toString());
    return environment;
  }
}
