/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.JavaProgram;
import io.github.flytehadoop.testkit.ProductJar;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.testkit.YarnCluster;
import io.github.flytehadoop.testkit.s3.S3Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies on YARN as users start them: programs of their own, whose jobs bring their jars. */
@Tag("cluster")
class MapReduceCopyTest {
  private static final int FILES = 12;
  private static final String SECRET = TestSecrets.S3_SECRET_KEY;

  private final S3Endpoint s3 = S3Endpoint.start();

  @BeforeEach
  void plant() {
    s3.createBucket("bucket");
    for (int i = 0; i < FILES; i++) {
      s3.putDirectly(
          "bucket", "from/d" + i % 3 + "/" + i, text(i).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(int file) {
    return "content of " + file;
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private Map<String, String> environment(YarnCluster yarn) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("HADOOP_CONF_DIR", yarn.configurationDirectory().toString());
    environment.put("FLYTE_AWS_ENDPOINT", s3.uri().toString());
    environment.put("FLYTE_AWS_ACCESS_KEY_ID", "tester");
    environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", SECRET);
    return environment;
  }

  @Test
  @RequireStores("mapreduce")
  void theCommandLineSendsItsJarsWithTheJob() throws Exception {
    YarnCluster yarn = YarnCluster.shared();
    String target = yarn.newDirectory() + "/copy";
    List<String> classPath = new ArrayList<>(List.of(ProductJar.jar().toString()));
    classPath.addAll(ProductJar.libraries());
    classPath.addAll(ProductJar.hadoopClient());

    JavaProgram copy =
        JavaProgram.run(
            classPath,
            environment(yarn),
            List.of(
                FlyteData.class.getName(),
                "cp",
                "--engine",
                "mapreduce",
                "--tasks",
                "2",
                "-r",
                "s3://bucket/from",
                target,
                "--output",
                "json"));

    assertThat(copy.exitCode()).as(copy.output()).isZero();
    assertThat(copy.output()).contains("\"MAPREDUCE\"").contains("\"files\":" + FILES);
    assertArrived(yarn, target);
    assertNoSecretIn(yarn);
  }

  @Test
  @RequireStores("mapreduce")
  void hadoopJarRunsIt() throws Exception {
    YarnCluster yarn = YarnCluster.shared();
    String target = yarn.newDirectory() + "/copy";
    Map<String, String> environment = environment(yarn);
    // what the script named hadoop does: its own directories first, then HADOOP_CLASSPATH
    List<String> classPath = new ArrayList<>(List.of(environment.get("HADOOP_CONF_DIR")));
    classPath.addAll(YarnCluster.hadoopClassPath());
    classPath.addAll(ProductJar.libraries());

    JavaProgram copy =
        JavaProgram.run(
            classPath,
            environment,
            List.of(
                "org.apache.hadoop.util.RunJar",
                ProductJar.jar().toString(),
                MapReduceCopy.class.getName(),
                "-libjars",
                String.join(",", ProductJar.libraries()),
                "--tasks",
                "2",
                "-r",
                "s3://bucket/from",
                target));

    assertThat(copy.exitCode()).as(copy.output()).isZero();
    assertArrived(yarn, target);
  }

  @Test
  void withoutAClusterItSaysWhatIsMissing() throws Exception {
    JavaProgram copy =
        JavaProgram.flyteData(
            Map.of("HADOOP_CONF_DIR", ""),
            "cp",
            "--engine",
            "mapreduce",
            "-r",
            "s3://bucket/from",
            "hdfs://127.0.0.1:1/copy");

    assertThat(copy.exitCode()).as(copy.output()).isEqualTo(2);
    assertThat(copy.output())
        .contains("mapreduce.framework.name")
        .contains("HADOOP_CONF_DIR")
        .contains("--engine local");
  }

  @Test
  void jarsForTheNodesAreFilesOfThisMachine() {
    assertThat(MapReduceCopy.words("-libjars", "/a.jar,hdfs://h/b.jar", "-r", "x", "y"))
        .containsExactly(
            "cp",
            "--engine",
            "mapreduce",
            "-D",
            "tmpjars=file:///a.jar,hdfs://h/b.jar",
            "-r",
            "x",
            "y");
  }

  private static void assertArrived(YarnCluster yarn, String target) throws Exception {
    try (FileSystem hdfs = yarn.newFileSystem()) {
      for (int i = 0; i < FILES; i++) {
        try (var in = hdfs.open(new Path(target + "/d" + i % 3 + "/" + i))) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text(i));
        }
      }
      assertThat(hdfs.getContentSummary(new Path(target)).getFileCount()).isEqualTo(FILES);
    }
  }

  /** Neither the job's configuration, which the history keeps, nor any log has the secret. */
  private static void assertNoSecretIn(YarnCluster yarn) throws Exception {
    assertThat(yarn.containerLogs()).contains("MRAppMaster").doesNotContain(SECRET);
    int configurations = 0;
    try (FileSystem hdfs = yarn.newFileSystem()) {
      var files = hdfs.listFiles(new Path("/"), true);
      while (files.hasNext()) {
        Path file = files.next().getPath();
        if (file.getName().endsWith("conf.xml")) {
          try (var in = hdfs.open(file)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                .as(file.toString())
                .contains("mapreduce.job.name")
                .doesNotContain(SECRET);
          }
          configurations++;
        }
      }
    }
    assertThat(configurations).isPositive();
  }
}
