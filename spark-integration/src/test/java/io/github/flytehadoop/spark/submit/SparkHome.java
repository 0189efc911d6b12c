/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Spark home that holds Spark's own jars and nothing else, as a distribution of that version
 * does: links to those that Maven has resolved.
 *
 * @param directory for {@code SPARK_HOME}
 * @param version such as {@code 4.2}, which names a module of {@code clusters}
 */
record SparkHome(Path directory, String version) {
  /** Why there is none of a version, or empty when there is. */
  static Optional<String> whyUnavailable(String version) {
    Path file = file(version, "classpath.txt");
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of(
            file + " is missing; './mvnw -Pspark-" + version + " generate-resources' writes it");
  }

  static SparkHome create(String version) throws IOException {
    Path home = TestDirectories.create("spark-home");
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar : list(version, "classpath.txt")) {
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    return new SparkHome(home, version);
  }

  /** The connectors that belong to its Hadoop. */
  List<Path> connectors() throws IOException {
    return list(version, "connectors.txt");
  }

  private static List<Path> list(String version, String file) throws IOException {
    String entries = Files.readString(file(version, file)).strip();
    return List.of(entries.split(File.pathSeparator)).stream().map(Path::of).toList();
  }

  private static Path file(String version, String name) {
    return ProjectRoot.resolve("spark-integration/clusters/spark-" + version + "/target/" + name);
  }
}
