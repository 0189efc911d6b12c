/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark;

import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that an application adds to a Spark of its own: this build's classes and what they need
 * beyond Spark. Taken from the class path of the tests, whose own libraries stay behind.
 */
final class DeployedJars {
  private static final Pattern OF_TESTS =
      Pattern.compile(
          "(junit|archunit|assertj|opentest4j|apiguardian|byte-buddy|hadoop-client-minicluster"
              + "|surefire).*");
  private static final Pattern VERSION = Pattern.compile("-\\d.*");

  private DeployedJars() {}

  /** What to add to a Spark that has its own jars in {@code jars} of its home. */
  static List<Path> beside(Path sparkHome) throws IOException {
    Set<String> known;
    try (Stream<Path> jars = Files.list(sparkHome.resolve("jars"))) {
      known = jars.map(DeployedJars::artifact).collect(Collectors.toSet());
    }
    List<Path> deployed = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path path = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(path)) {
        if (!path.endsWith("test-classes")) {
          deployed.add(jarOf(path));
        }
      } else if (!known.contains(artifact(path))
          && !OF_TESTS.matcher(path.getFileName().toString()).matches()
          && !path.getFileName().toString().endsWith("-tests.jar")) {
        deployed.add(path);
      }
    }
    return deployed;
  }

  private static String artifact(Path jar) {
    return VERSION.matcher(jar.getFileName().toString()).replaceFirst("");
  }

  private static Path jarOf(Path classes) throws IOException {
    String module = classes.getParent().getParent().getFileName().toString();
    Path jar = TestDirectories.create("deployed").resolve(module + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                  Files.copy(file, out);
                  out.closeEntry();
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
    }
    return jar;
  }
}
