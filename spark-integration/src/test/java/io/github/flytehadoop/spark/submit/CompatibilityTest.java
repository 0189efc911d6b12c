/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.spark.SparkStandalone;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The smoke suite on another Spark than the one that this build is made for. */
@Tag("packaged")
@Timeout(600)
class CompatibilityTest {
  private static final String HADOOP_34 = "4.0";

  @Test
  @RequireSpark(HADOOP_34)
  void spark40OnHadoop34WorksWithTheConnectorsOfThatHadoop() throws Exception {
    SparkHome home = SparkHome.create(HADOOP_34);
    List<String> options = new ArrayList<>(packages());
    options.add("--exclude-packages");
    options.add("org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure");
    options.add("--jars");
    options.add(home.connectors().stream().map(Path::toString).collect(Collectors.joining(",")));
    Cluster.everyCheckHolds(home, SmokeStores.all(), options);
  }

  @Test
  @RequireSpark(HADOOP_34)
  void withoutThemTheStartSaysWhatToDo() throws Exception {
    SparkHome home = SparkHome.create(HADOOP_34);
    SmokeStores stores = SmokeStores.two();
    try (SparkStandalone cluster = SparkStandalone.start(home.directory(), 1, 1);
        SparkSubmit submit =
            SparkSubmit.start(
                home, stores.environment(), Cluster.smoke(cluster, stores, packages()))) {
      assertThat(submit.end()).isNotZero();
      assertThat(submit.err())
          .contains("Cannot start Spark with hadoop-aws 3.5.0: its Hadoop is 3.4.1");
    }
  }

  private static List<String> packages() throws IOException {
    List<String> options = new ArrayList<>(List.of("--packages", BuiltArtifacts.coordinates()));
    options.addAll(Offline.repositories(TestDirectories.create("ivy")));
    return options;
  }
}
