/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.TestDirectories;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The example of a task on Spark, and what Python has to read of its outputs. */
final class SparkExample {
  private static final String EXPECTED =
      """
      {
        "priced": [
          {"id": 1, "price": 1.5, "gross": 3.0},
          {"id": 2, "price": 2.5, "gross": 5.0},
          {"id": 3, "price": 4.0, "gross": 8.0}
        ],
        "model": {"weights.txt": "rate 2.0\\n"},
        "rows": 3,
        "length": 5
      }
      """;

  private SparkExample() {}

  static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(EXPECTED);
  }

  /** The directory of its classes. */
  static Path compiled(String example) throws IOException {
    Path classes = TestDirectories.create("example");
    String[] compiler = {
      "-Xlint:all",
      "-Werror",
      "-proc:none",
      "-d",
      classes.toString(),
      "-cp",
      classes + ":" + System.getProperty("java.class.path"),
      ProjectRoot.resolve("docs/examples/" + example + ".java").toString()
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compiler)).isZero();
    return classes;
  }

  /** The same as the jar of an application. */
  static Path jar(String example) throws IOException {
    Path classes = compiled(example);
    Path jar = TestDirectories.create("jar").resolve("task.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }
}
