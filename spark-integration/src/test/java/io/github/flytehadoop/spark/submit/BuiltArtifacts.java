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

/** What this build has packaged, as users get it. */
final class BuiltArtifacts {
  private static final String GROUP = "io.github.flytehadoop";
  private static final String SPARK = "spark-integration_2.13";

  private BuiltArtifacts() {}

  /** The version that is being built. */
  static String version() throws IOException {
    return Files.readString(ProjectRoot.resolve("spark-integration/.flattened-pom.xml"))
        .replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
  }

  /** {@code group:artifact:version} for {@code --packages}. */
  static String coordinates() throws IOException {
    return GROUP + ":" + SPARK + ":" + version();
  }

  /** A new Maven repository with the artifacts of this build, and no others. */
  static Path repository() throws IOException {
    Path repository = TestDirectories.create("repository");
    install(repository, "persistence-hadoop", "persistence-hadoop");
    install(repository, "spark-integration", SPARK);
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
  static Path jarOfAll() throws IOException {
    return ProjectRoot.resolve("spark-integration/target/" + SPARK + "-" + version() + "-all.jar");
  }

  /** A jar of the classes of a package of the tests: an application of a user. */
  static Path applicationJar(String packageName) throws IOException {
    Path classes = TestDirectories.target().resolve("test-classes");
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
