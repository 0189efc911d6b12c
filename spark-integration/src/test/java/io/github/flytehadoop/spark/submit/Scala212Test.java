/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.TestDirectories;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spark 3.5 on Scala 2.12 and Hadoop 3.3.4, with the package that is built for it. */
@Tag("packaged")
@Timeout(600)
class Scala212Test {
  @Test
  void spark35OnScala212AndHadoop33WorksWithThePackage() throws Exception {
    List<String> options =
        new ArrayList<>(List.of("--packages", BuiltArtifacts.SCALA_2_12.coordinates()));
    options.addAll(Offline.repositories(TestDirectories.create("ivy")));
    SparkHome home = SparkHome.create("3.5_2.12");
    Cluster.everyCheckHolds(home, SmokeStores.all(home), options);
  }

  @Test
  void theJarForTheOtherScalaIsRefusedAtTheStart() throws Exception {
    Cluster.startIsRefused(
        SparkHome.create("3.5_2.12"),
        List.of("--jars", BuiltArtifacts.SCALA_2_13.jarOfAll().toString()),
        "Cannot start Spark on Scala 2.12.");
  }
}
