/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** What this build has packaged for a Scala, as users get it. */
enum BuiltArtifacts {
  SCALA_2_13("spark-integration", "spark-integration_2.13"),
  SCALA_2_12("spark-integration/scala-2.12", "spark-integration_2.12");

  private static final String GROUP = "io.github.flytehadoop";

  private final String module;
  private final String artifact;

  BuiltArtifacts(String module, String artifact) {
    this.module = module;
    this.artifact = artifact;
  }

  /** The version that is being built. */
  static String version() throws IOException {
    return Files.readString(ProjectRoot.resolve("spark-integration/.flattened-pom.xml"))
        .replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
  }

  /** {@code group:artifact:version} for {@code --packages}. */
  String coordinates() throws IOException {
    return GROUP + ":" + artifact + ":" + version();
  }

  /** A new Maven repository with the artifacts of this build, and no others. */
  static Path repository() throws IOException {
    Path repository = TestDirectories.create("repository");
    install(repository, "persistence-hadoop", "persistence-hadoop");
    for (BuiltArtifacts each : values()) {
      install(repository, each.module, each.artifact);
    }
    return repository;
  }

  private static void install(Path repository, String module, String artifact) throws IOException {
    String name = artifact + "-" + version();
    Path directory =
        Files.createDirectories(
            repository.resolve(GROUP.replace('.', '/')).resolve(artifact).resolve(version()));
    Files.copy(
        ProjectRoot.resolve(module + "/target/" + name + ".jar"), directory.resolve(name + ".jar"));
    Files.copy(
        ProjectRoot.resolve(module + "/.flattened-pom.xml"), directory.resolve(name + ".pom"));
  }

  /** The jar that holds all that Spark does not bring. */
  Path jarOfAll() throws IOException {
    return ProjectRoot.resolve(module + "/target/" + artifact + "-" + version() + "-all.jar");
  }

  /** The jars of all for Python. */
  static Path wheel() throws IOException {
    String python = ProjectRoot.version().replace("-SNAPSHOT", ".dev0");
    return ProjectRoot.resolve(
        "spark-integration/target/flyte_hadoop-" + python + "-py3-none-any.whl");
  }

  /** A jar of the classes of a package of the tests: an application of a user. */
  Path applicationJar(String packageName) throws IOException {
    Path classes = ProjectRoot.resolve(module + "/target/test-classes");
    Path jar = TestDirectories.create("application").resolve("application.jar");
    List<Path> files;
    try (Stream<Path> all = Files.list(classes.resolve(packageName.replace('.', '/')))) {
      files = all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path each : files) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
