/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code spark-submit --class …SparkCopy} against a standalone cluster. */
@Tag("cluster")
@Timeout(value = 5, unit = java.util.concurrent.TimeUnit.MINUTES)
@RequireStores("spark")
class SparkCopySubmitTest {
  private static final int FILES = 12;

  @Test
  void theExecutorsOfAClusterCopy() throws Exception {
    try (S3Endpoint s3 = S3Endpoint.start();
        SparkStandalone cluster = SparkStandalone.start(2)) {
      s3.createBucket("bucket");
      for (int i = 0; i < FILES; i++) {
        byte[] content = ("content " + i).getBytes(StandardCharsets.UTF_8);
        s3.putDirectly("bucket", "from/d" + i % 3 + "/" + i, content);
      }
      List<String> copy = List.of("-r", "s3://bucket/from", "s3://bucket/to", "--output", "json");

      JavaProgram first = submit(cluster, s3, copy);
      JavaProgram again = submit(cluster, s3, copy);

      assertThat(first.exitCode()).as(first.output()).isZero();
      assertThat(first.output())
          .contains("\"SPARK\"")
          .contains("\"files\":" + FILES)
          .doesNotContain(TestSecrets.S3_SECRET_KEY);
      assertThat(s3.keys("bucket")).hasSize(2 * FILES);
      assertThat(s3.bytes("bucket", "to/d1/7")).asString().isEqualTo("content 7");
      assertThat(again.exitCode()).as("the files are there: " + again.output()).isEqualTo(1);
    }
  }

  /** What Spark's script of that name runs; the classes are on the class path, not in a jar. */
  private static JavaProgram submit(SparkStandalone cluster, S3Endpoint s3, List<String> copy)
      throws Exception {
    String classPath = System.getProperty("java.class.path");
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", cluster.home().toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", "tester");
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
    List<String> words = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    words.addAll(List.of("--master", cluster.master()));
    for (String setting :
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.ui.enabled=false",
            "spark.executor.memory=512m",
            "spark.executor.extraClassPath=" + classPath)) {
      words.addAll(List.of("--conf", setting));
    }
    words.addAll(List.of("--class", SparkCopy.class.getName(), "spark-internal"));
    words.addAll(copy);
    return JavaProgram.run(List.of(classPath.split(File.pathSeparator)), environment, words);
  }
}
