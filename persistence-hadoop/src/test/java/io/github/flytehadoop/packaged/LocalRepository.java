/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.packaged;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A local Maven repository in which this build's artifacts alone are installed. All else comes from
 * the one that this build has filled, and nothing from a network.
 *
 * @param directory of its own
 */
record LocalRepository(Path directory) {
  /** The release of a plugin that this build has resolved for itself. */
  private static final List<String> GOALS =
      List.of(
          "org.apache.maven.plugins:maven-compiler-plugin:3.16.0:compile",
          "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath");

  static LocalRepository install() throws IOException {
    Path root = TestDirectories.create("repository");
    LocalRepository repository = new LocalRepository(root);
    String version = ProjectRoot.version();
    Path library = repository.artifact("persistence-hadoop", version);
    String name = "persistence-hadoop-" + version;
    copy("persistence-hadoop/target/" + name + ".jar", library.resolve(name + ".jar"));
    copy("persistence-hadoop/.flattened-pom.xml", library.resolve(name + ".pom"));
    Path versions = repository.artifact("flyte-hadoop-bom", version);
    copy(
        "persistence-hadoop/bom/pom.xml", versions.resolve("flyte-hadoop-bom-" + version + ".pom"));
    return repository;
  }

  private Path artifact(String name, String version) throws IOException {
    return Files.createDirectories(
        directory.resolve("io/github/flytehadoop").resolve(name).resolve(version));
  }

  private static void copy(String from, Path to) throws IOException {
    Files.copy(ProjectRoot.resolve(from), to);
  }

  /** Compiles a project, and gives the class path of what its pom names. */
  String compile(Path pom) throws IOException, InterruptedException {
    Path classPath = TestDirectories.scratch("stranger").resolve("classpath");
    Path others =
        Path.of(
            System.getProperty(
                "flyte.maven.repository", System.getProperty("user.home") + "/.m2/repository"));
    List<String> command = new ArrayList<>();
    command.add(ProjectRoot.resolve("mvnw").toString());
    command.addAll(List.of("--offline", "--quiet", "--batch-mode", "--file", pom.toString()));
    command.add("-Dmaven.repo.local=" + directory);
    command.add("-Dmaven.repo.local.tail=" + others);
    command.add("-Dmdep.outputFile=" + classPath);
    command.addAll(GOALS);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven = builder.directory(pom.getParent().toFile()).start();
    try {
      String said = new String(maven.getInputStream().readAllBytes());
      if (!maven.waitFor(2, TimeUnit.MINUTES) || maven.exitValue() != 0) {
        throw new AssertionError(command + ":\n" + said);
      }
      return Files.readString(classPath).strip();
    } finally {
      maven.destroyForcibly();
    }
  }
}
