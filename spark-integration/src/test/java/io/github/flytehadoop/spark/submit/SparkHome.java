/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.PythonIndex;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Spark home that holds Spark's own jars and nothing else, as a distribution of that version
 * does.
 *
 * @param directory for {@code SPARK_HOME}
 * @param java for {@code JAVA_HOME}
 */
record SparkHome(Path directory, Path java) {
  /** With links to the jars that a module of {@code clusters} has resolved, such as {@code 4.2}. */
  static SparkHome create(String module) throws IOException {
    return of(list(module, "classpath.txt"));
  }

  /** With links to the jars of a PySpark. */
  static SparkHome ofPySpark(String version) throws IOException {
    try (Stream<Path> jars = Files.list(PythonIndex.sparkJars(version))) {
      return of(jars.toList());
    }
  }

  private static SparkHome of(List<Path> own) throws IOException {
    Path home = TestDirectories.create("spark-home");
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar : own) {
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    return new SparkHome(home, Path.of(System.getProperty("java.home")));
  }

  /** The same on another Java. */
  SparkHome on(Path otherJava) {
    return new SparkHome(directory, otherJava);
  }

  /** The artifact of its Scala. */
  BuiltArtifacts build() throws IOException {
    return scala().equals("2.12") ? BuiltArtifacts.SCALA_2_12 : BuiltArtifacts.SCALA_2_13;
  }

  /** Such as {@code 3.5.9}. */
  String spark() throws IOException {
    return version("spark-core_" + scala());
  }

  /** Such as {@code 2.12}. */
  String scala() throws IOException {
    return version("scala-library").replaceFirst("[.][^.]+$", "");
  }

  /** Such as {@code 3.3.4}. */
  String hadoop() throws IOException {
    return version("hadoop-client-api");
  }

  private String version(String artifact) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(artifact) + "-(\\d[^/]*)[.]jar");
    try (Stream<Path> jars = Files.list(directory.resolve("jars"))) {
      return jars.map(jar -> name.matcher(jar.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + artifact + " in " + directory));
    }
  }

  /** The connectors that a module of {@code clusters} has resolved for its Hadoop. */
  static List<Path> connectors(String module) throws IOException {
    return list(module, "connectors.txt");
  }

  private static List<Path> list(String module, String file) throws IOException {
    Path written =
        ProjectRoot.resolve("spark-integration/clusters/spark-" + module + "/target/" + file);
    String entries = Files.readString(written).strip();
    return List.of(entries.split(File.pathSeparator)).stream().map(Path::of).toList();
  }
}
