/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.spark.SparkStandalone;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The smoke suite on another Spark than the one that this build is made for. */
@Tag("packaged")
@Timeout(600)
class CompatibilityTest {
  private static final String HADOOP_34 = "4.0";
  private static final String HADOOP_33 = "3.5";

  /**
   * What docs/compatibility.md says: all but this library's own access to S3, which needs Hadoop
   * 3.5. Azure is not tried: ABFS 3.4.1 speaks a protocol that the test server does not know.
   */
  @Test
  @RequireSpark(HADOOP_34)
  void spark40OnHadoop34WorksWithTheConnectorsOfThatHadoop() throws Exception {
    SparkHome home = SparkHome.create(HADOOP_34);
    List<String> options = withoutConnectors();
    options.add("--jars");
    options.add(home.connectors().stream().map(Path::toString).collect(Collectors.joining(",")));
    assertHolds(home, options, SmokeStores.without("abfs"), Set.of("PROVIDER s3", "COPY s3"));
  }

  @Test
  @RequireSpark(HADOOP_33)
  void spark35OnHadoop33IsRefusedAtStart() throws Exception {
    assertRefused(
        SparkHome.create(HADOOP_33),
        withoutConnectors(),
        "Cannot start Spark on Hadoop 3.3.4: it lacks committers and calls");
  }

  private static void assertHolds(
      SparkHome home, List<String> options, SmokeStores stores, Set<String> exceptions)
      throws Exception {
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), 2, 1);
        SparkSubmit submit =
            SparkSubmit.start(
                home, stores.environment(), Cluster.smoke(cluster, stores, options))) {
      int exit = submit.end();
      List<String> held = new ArrayList<>(stores.expectedLines());
      held.removeIf(line -> exceptions.contains(line.substring("OK ".length())));
      assertThat(submit.out().lines().filter(line -> line.startsWith("OK ")))
          .as(submit.out() + submit.err())
          .containsExactlyElementsOf(held);
      assertThat(exit).isEqualTo(exceptions.isEmpty() ? 0 : 1);
    }
  }

  @Test
  @RequireSpark(HADOOP_34)
  void withoutThemTheStartSaysWhatToDo() throws Exception {
    assertRefused(
        SparkHome.create(HADOOP_34),
        packages(),
        "Cannot start Spark with hadoop-aws 3.5.0: its Hadoop is 3.4.1");
  }

  private static void assertRefused(SparkHome home, List<String> options, String message)
      throws Exception {
    SmokeStores stores = SmokeStores.two();
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), 1, 1);
        SparkSubmit submit =
            SparkSubmit.start(
                home, stores.environment(), Cluster.smoke(cluster, stores, options))) {
      assertThat(submit.end()).isNotZero();
      assertThat(submit.err()).contains(message);
    }
  }

  private static List<String> withoutConnectors() throws IOException {
    List<String> options = new ArrayList<>(packages());
    options.add("--exclude-packages");
    options.add("org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure");
    return options;
  }

  private static List<String> packages() throws IOException {
    List<String> options = new ArrayList<>(List.of("--packages", BuiltArtifacts.coordinates()));
    options.addAll(Offline.repositories(TestDirectories.create("ivy")));
    return options;
  }
}
