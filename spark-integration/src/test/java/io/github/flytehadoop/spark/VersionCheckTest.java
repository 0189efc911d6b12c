/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;
import org.junit.jupiter.api.Test;

/** What cannot work is said at start, with what to do. */
class VersionCheckTest {
  @Test
  void theClassPathOfTheTestsIsInOrder() {
    assertThatCode(() -> VersionCheck.run("fail")).doesNotThrowAnyException();
  }

  @Test
  void aConnectorOfAnotherHadoopIsNamedWithTheOptionsThatReplaceIt() {
    assertThat(VersionCheck.problem("hadoop-aws", "3.5.0", "3.4.1"))
        .isEqualTo(
            "Cannot start Spark with hadoop-aws 3.5.0: its Hadoop is 3.4.1, and the two must be of"
                + " one version. Add --exclude-packages"
                + " org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure and --jars with"
                + " hadoop-aws-3.4.1.jar and hadoop-azure-3.4.1.jar, or set"
                + " spark.flyte.version-check=warn to start all the same. See"
                + " docs/compatibility.md.");
    assertThat(VersionCheck.problem("hadoop-azure", "3.4.2", "3.5.0"))
        .contains("hadoop-azure 3.4.2", "hadoop-azure-3.5.0.jar");
  }

  @Test
  void patchVersionsMix() {
    assertThat(VersionCheck.problem("hadoop-aws", "3.4.2", "3.4.1")).isNull();
    assertThat(VersionCheck.problem("hadoop-azure", "3.5.1-SNAPSHOT", "3.5.0")).isNull();
  }

  @Test
  void anOlderHadoopIsRefused() {
    assertThat(VersionCheck.hadoopProblem("3.3.4"))
        .contains("Cannot start Spark on Hadoop 3.3.4", "Use Spark 4.0 or later");
    assertThat(VersionCheck.hadoopProblem("3.4.1")).isNull();
    assertThat(VersionCheck.hadoopProblem("3.5.0")).isNull();
    assertThat(VersionCheck.problem("hadoop-aws", null, "3.3.4")).isNull();
  }

  @Test
  void anotherScalaIsNamed() {
    assertThat(VersionCheck.scalaProblem("2.13.18")).isNull();
    assertThat(VersionCheck.scalaProblem("2.12.18")).contains("Scala 2.12.18", "_2.13");
  }

  @Test
  void theVersionComesFromTheNameOfTheJarOrItsManifest() throws IOException {
    Path directory = TestDirectories.create("jars");
    Path ivy = directory.resolve("org.apache.hadoop_hadoop-aws-3.5.1.jar");
    assertThat(VersionCheck.versionIn("hadoop-aws", ivy)).isEqualTo("3.5.1");
    Path all = directory.resolve("spark-integration_2.13-1.0-all.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Hadoop-Connectors", "3.5.0");
    new JarOutputStream(Files.newOutputStream(all), manifest).close();
    assertThat(VersionCheck.versionIn("hadoop-azure", all)).isEqualTo("3.5.0");
    assertThat(VersionCheck.versionIn("hadoop-aws", directory.resolve("other.jar"))).isNull();
  }

  @Test
  @Rule("F69")
  void sparksCommitOfAJobIsOursOnThisScala() {
    assertThatCode(() -> VersionCheck.requireOverrides(FlyteCommitProtocol.class))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> VersionCheck.requireOverrides(SQLHadoopMapReduceCommitProtocol.class))
        .hasMessageContaining("Take the spark-integration that is built for its Scala");
  }

  @Test
  void commitsAreOursForBothTypesOfSeq() {
    assertThat(FlyteCommitProtocol.class.getDeclaredMethods())
        .filteredOn(method -> method.getName().equals("commitJob") && !method.isBridge())
        .extracting(method -> method.getParameterTypes()[1].getName())
        .containsExactlyInAnyOrder("scala.collection.Seq", "scala.collection.immutable.Seq");
  }
}
