/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.MiniHdfs;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.PythonEnvironment;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.S3Server;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The Python examples as a user runs them: PySpark's own Spark with the jars of this build, plain
 * flytekit, and the variables that Flyte sets.
 */
@RequireStores({"python", "s3", "hdfs"})
@Timeout(1200)
@Tag("slow")
class PySparkTest {
  private static final Duration LIMIT = Duration.ofMinutes(9);
  private static final Path EXAMPLES = ProjectRoot.resolve("docs/examples");
  private static final Path ORDERS =
      ProjectRoot.resolve("spark-integration/src/test/resources/python/orders.py");

  private static Map<String, String> environment;
  private String bucket;

  @BeforeAll
  static void configure() throws IOException {
    S3Server s3 = S3Server.shared();
    Path home = PythonEnvironment.sparkHome();
    Path conf = TestDirectories.create("spark-conf");
    String jars =
        DeployedJars.beside(home).stream().map(Path::toString).collect(Collectors.joining(","));
    Files.writeString(
        conf.resolve("spark-defaults.conf"),
        """
        spark.jars %s
        spark.driver.host 127.0.0.1
        spark.driver.extraJavaOptions -XX:+UseSerialGC -XX:TieredStopAtLevel=1
        spark.sql.shuffle.partitions 2
        spark.ui.enabled false
        """
            .formatted(jars));
    environment = new HashMap<>();
    environment.put("SPARK_CONF_DIR", conf.toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey());
    environment.put("AWS_DEFAULT_REGION", S3Server.REGION);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  @BeforeEach
  void makeBucket() {
    bucket = S3Server.shared().newBucket();
  }

  private List<String> keys(String prefix) {
    return S3Server.shared()
        .client()
        .listObjectsV2(list -> list.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void aPlainFlyteTaskReadsAndWritesEveryStore() throws Exception {
    String orders = "s3://" + bucket + "/orders";
    String archive = MiniHdfs.shared().newDirectory() + "/orders";
    PythonEnvironment.run(LIMIT, environment, ORDERS, "write", orders);
    assertThat(keys("orders/")).containsExactly("orders/00000");

    PythonEnvironment.run(
        LIMIT,
        environment,
        PythonEnvironment.programs().resolve("pyflyte"),
        "run",
        "--raw-output-data-prefix",
        "s3://" + bucket + "/raw",
        EXAMPLES.resolve("pyspark_task.py").toString(),
        "totals",
        "--orders",
        orders,
        "--archive",
        archive);

    // pyflyte puts the script there too
    List<String> results =
        keys("raw/").stream().filter(key -> !key.endsWith("/script_mode.tar.gz")).toList();
    assertThat(results).isNotEmpty().allMatch(key -> key.matches("raw/.*/part-[^/]+[.]parquet"));
    assertThat(S3Server.shared().pendingUploads(bucket)).isEmpty();
    assertThat(MiniHdfs.shared().fileNames(archive))
        .isNotEmpty()
        .allMatch(name -> name.matches("part-.*[.]parquet"));
    String result = "s3://" + bucket + "/" + results.get(0).replaceFirst("/part-.*", "");
    String read =
        PythonEnvironment.run(
            LIMIT, environment, ORDERS, "read", result, "country", "amount", "last");
    assertThat(read.strip())
        .isEqualTo(
            "[[\"a / \u00fc\", 2450, \"2024-02-29T00:00:00.000088+00:00\"],"
                + " [\"b / \u00fc\", 2500, \"2024-02-29T00:00:00.000089+00:00\"]]");
  }

  @Test
  void oneLineConfiguresASessionThatExists() throws Exception {
    String orders = "s3://" + bucket + "/orders";
    String archive = MiniHdfs.shared().newDirectory() + "/orders";
    PythonEnvironment.run(LIMIT, environment, ORDERS, "write", orders);
    Path session = EXAMPLES.resolve("pyspark_session.py");

    assertThat(PythonEnvironment.run(LIMIT, environment, session, orders, archive).strip())
        .isEqualTo("copied 100 rows");
    String copy = "s3://" + bucket + "/copy";
    assertThat(PythonEnvironment.run(LIMIT, environment, session, archive, copy).strip())
        .isEqualTo("copied 100 rows");

    assertThat(keys("copy/")).hasSize(1).allMatch(key -> key.startsWith("copy/part-"));
    assertThat(S3Server.shared().pendingUploads(bucket)).isEmpty();
    assertThat(MiniHdfs.shared().fileNames(archive)).allMatch(name -> name.startsWith("part-"));
  }
}
