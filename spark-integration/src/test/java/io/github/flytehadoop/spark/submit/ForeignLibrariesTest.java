/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.spark.smoke.KeysOfAnApplication;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The {@code all} jar in a Spark whose driver and executors have an AWS SDK, a client of Azure with
 * its Reactor and Jackson for XML, and a protobuf of other releases in front of everything.
 */
@Tag("packaged")
@Timeout(600)
class ForeignLibrariesTest {
  @Test
  void theJarOfAllWorksBehindThem() throws Exception {
    SparkHome home = SparkHome.create("4.2");
    Cluster.everyCheckHolds(home, SmokeStores.all(home), foreignInFront());
  }

  /** The class is of the cluster's SDK, which neither S3A nor our client uses here. */
  @Test
  void credentialsOfAnApplicationsOwnClassReachReadersAndProviders() throws Exception {
    SmokeStores two = SmokeStores.two();
    List<String> s3 = two.roots().subList(0, 1);
    Map<String, String> environment =
        Map.of("FLYTE_AWS_ENDPOINT", two.environment().get("FLYTE_AWS_ENDPOINT"));
    List<String> options = new ArrayList<>(foreignInFront());
    for (String setting :
        List.of(
            "fs.s3a.aws.credentials.provider=" + KeysOfAnApplication.class.getName(),
            "application.key.id=" + S3Server.shared().accessKey(),
            "application.key.secret=" + S3Server.shared().secretKey())) {
      options.addAll(List.of("--conf", "spark.hadoop." + setting));
    }
    Cluster.everyCheckHolds(SparkHome.create("4.2"), new SmokeStores(environment, s3), options);
  }

  private static List<String> foreignInFront() throws IOException {
    String foreign =
        Files.readString(
                ProjectRoot.resolve("spark-integration/clusters/foreign/target/classpath.txt"))
            .strip();
    return List.of(
        "--jars",
        BuiltArtifacts.SCALA_2_13.jarOfAll().toString(),
        "--conf",
        "spark.driver.extraClassPath=" + foreign,
        "--conf",
        "spark.executor.extraClassPath=" + foreign);
  }
}
