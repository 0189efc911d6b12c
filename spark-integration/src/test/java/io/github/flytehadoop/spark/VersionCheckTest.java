/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flytehadoop.testkit.Rule;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol;
import org.junit.jupiter.api.Test;

/** What cannot work is said at start, with what to do. */
class VersionCheckTest {
  @Test
  void theClassPathOfTheTestsIsInOrder() {
    assertThatCode(VersionCheck::run).doesNotThrowAnyException();
  }

  @Test
  void aConnectorOfAnotherHadoopIsNamedWithTheOptionsThatReplaceIt() {
    assertThat(VersionCheck.problem(Connector.AWS, jar("3.5.0"), "3.4.1"))
        .hasMessage(
            "Cannot start Spark with hadoop-aws 3.5.0: its Hadoop is 3.4.1, and the two must be of"
                + " one version. Take hadoop-aws-3.4.1.jar instead: with --packages, add"
                + " --exclude-packages org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure"
                + " and --jars with hadoop-aws-3.4.1.jar and hadoop-azure-3.4.1.jar. See"
                + " docs/compatibility.md.");
    assertThat(VersionCheck.problem(Connector.AZURE, jar("3.4.2"), "3.5.0"))
        .hasMessageContaining("hadoop-azure 3.4.2")
        .hasMessageContaining("hadoop-azure-3.5.0.jar");
  }

  @Test
  void theJarOfAllNeedsTheHadoopOfItsConnectors() {
    assertThat(VersionCheck.problem(Connector.AWS, new Connector.Found("3.5.0", false), "3.4.2"))
        .hasMessageContaining(
            "Put hadoop-client-api-3.5.0.jar and hadoop-client-runtime-3.5.0.jar first on the class"
                + " path, with spark.driver.extraClassPath and spark.executor.extraClassPath.");
  }

  private static Connector.Found jar(String version) {
    return new Connector.Found(version, true);
  }

  @Test
  void patchVersionsMix() {
    assertThat(VersionCheck.problem(Connector.AWS, jar("3.4.2"), "3.4.1")).isNull();
    assertThat(VersionCheck.problem(Connector.AZURE, jar("3.5.1-SNAPSHOT"), "3.5.0")).isNull();
  }

  @Test
  void aHadoopThatIsTooOldIsRefused() {
    assertThat(VersionCheck.hadoopProblem("3.2.1"))
        .hasMessageContaining("Cannot start Spark on Hadoop 3.2.1")
        .hasMessageContaining("Use Spark 3.4 or later");
    assertThat(VersionCheck.hadoopProblem("3.3.1")).isNotNull();
    assertThat(VersionCheck.hadoopProblem("2.10.0.cloudera")).isNotNull();
    assertThat(VersionCheck.hadoopProblem("3.3.4")).isNull();
    assertThat(VersionCheck.hadoopProblem("3.3.6-amzn-5")).isNull();
    assertThat(VersionCheck.hadoopProblem("3.5.0")).isNull();
    assertThat(VersionCheck.hadoopProblem("4.0.0-SNAPSHOT")).isNull();
  }

  @Test
  void anotherScalaIsNamed() {
    assertThat(VersionCheck.scalaProblem("2.13.18")).isNull();
    assertThat(VersionCheck.scalaProblem("2.12.18"))
        .hasMessage(
            "Cannot start Spark on Scala 2.12.18: this is spark-integration_2.13. Take"
                + " spark-integration_2.12.");
  }

  @Test
  void theVersionComesFromTheNameOfTheJarOrItsManifest() throws IOException {
    Path directory = TestDirectories.create("jars");
    Path ivy = directory.resolve("org.apache.hadoop_hadoop-aws-3.5.1.jar");
    assertThat(Connector.AWS.in(ivy)).isEqualTo(jar("3.5.1"));
    Path all = directory.resolve("spark-integration_2.13-1.0-all.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Hadoop-Connectors", "3.5.0");
    new JarOutputStream(Files.newOutputStream(all), manifest).close();
    assertThat(Connector.AZURE.in(all)).isEqualTo(new Connector.Found("3.5.0", false));
    assertThat(Connector.AWS.in(directory.resolve("other.jar"))).isNull();
  }

  @Test
  void eachCopyOnTheClassPathIsFoundOnceIfItsVersionIsKnown() throws IOException {
    String name = "org/apache/hadoop/fs/s3a/S3AFileSystem.class";
    List<URL> copies = new ArrayList<>();
    for (String jar : List.of("hadoop-aws-3.4.1.jar", "hadoop-aws-3.5.0.jar", "versionless.jar")) {
      Path path = TestDirectories.create("copies").resolve(jar);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(path))) {
        out.putNextEntry(new ZipEntry(name));
      }
      copies.add(path.toUri().toURL());
      copies.add(path.toUri().toURL());
    }
    try (URLClassLoader loader = new URLClassLoader(copies.toArray(URL[]::new), null)) {
      assertThat(Connector.AWS.found(loader)).containsExactly(jar("3.4.1"), jar("3.5.0"));
      assertThat(Connector.AZURE.found(loader)).isEmpty();
    }
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
