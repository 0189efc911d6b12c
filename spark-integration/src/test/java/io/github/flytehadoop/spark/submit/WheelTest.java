/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The wheel of this build, beside PySpark's own Spark and nothing else. The system property {@code
 * flyte.test.python} names the interpreter of another environment with another PySpark.
 */
@Tag("packaged")
@RequireStores({"python", "s3"})
@Timeout(600)
class WheelTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final long MOST_BYTES = 100_000_000;

  private static Path python;
  private static Map<String, String> environment;

  @BeforeAll
  static void install() throws Exception {
    String other = System.getProperty("flyte.test.python");
    python = other == null ? PythonEnvironment.programs().resolve("python") : Path.of(other);
    Path target = TestDirectories.create("site");
    Process pip =
        new ProcessBuilder(
                List.of(
                    python.toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-index",
                    "--no-deps",
                    "--no-compile",
                    "--target",
                    target.toString(),
                    BuiltArtifacts.wheel().toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(pip.getInputStream().readAllBytes());
    assertThat(pip.waitFor()).as(said).isZero();
    S3Server s3 = S3Server.shared();
    environment = new HashMap<>();
    environment.put("PYTHONPATH", target.toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", s3.accessKey());
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", s3.secretKey());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  private static String run(Path script, String... arguments) throws IOException {
    return PythonEnvironment.run(python, LIMIT, environment, script, arguments).strip();
  }

  @Test
  void itIsSmallEnoughForPythonsIndex() throws IOException {
    assertThat(Files.size(BuiltArtifacts.wheel())).isLessThan(MOST_BYTES);
  }

  @Test
  void itsSettingsAreEnoughToWriteOverwriteAppendAndReadS3() throws IOException {
    Path example = ProjectRoot.resolve("docs/examples/pyspark_wheel.py");
    assertThat(run(example, "s3://" + S3Server.shared().newBucket() + "/orders"))
        .isEqualTo("110 rows");
  }

  @Test
  void itsSettingsAreEnoughForATaskOfFlytekit() throws IOException {
    Path example = ProjectRoot.resolve("docs/examples/pyspark_wheel_task.py");
    assertThat(run(example, "s3://" + S3Server.shared().newBucket() + "/numbers"))
        .isEqualTo("100 rows");
  }

  @Test
  void oneLineConfiguresASessionThatWasStartedWithoutTheJarsAndItsExecutors() throws IOException {
    Path script =
        ProjectRoot.resolve("spark-integration/src/test/resources/python/wheel_session.py");
    String root = "s3://" + S3Server.shared().newBucket() + "/raw";
    assertThat(run(script, root, "local-cluster[1,1,1024]").lines())
        .containsExactly("70 70 11", "7");
  }
}
