/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfDirectoryTest {
  @TempDir Path directory;

  private static String file(String key, String value) {
    return "<configuration><property><name>%s</name><value>%s</value></property></configuration>"
        .formatted(key, value);
  }

  @Test
  void itsFilesAreRead() throws IOException {
    Files.writeString(directory.resolve("core-site.xml"), file("fs.defaultFS", "hdfs://cluster"));
    Files.writeString(directory.resolve("hdfs-site.xml"), file("dfs.nameservices", "cluster"));
    Configuration read =
        ConfDirectory.configuration(Map.of("HADOOP_CONF_DIR", directory.toString()));
    assertThat(read.get("fs.defaultFS")).isEqualTo("hdfs://cluster");
    assertThat(read.get("dfs.nameservices")).isEqualTo("cluster");
  }

  @Test
  void aDirectoryThatIsNotThereChangesNothing() {
    Configuration read =
        ConfDirectory.configuration(
            Map.of("HADOOP_CONF_DIR", directory.resolve("none").toString()));
    assertThat(read.get("fs.defaultFS")).isEqualTo("file:///");
    assertThat(ConfDirectory.configuration(Map.of()).get("fs.defaultFS")).isEqualTo("file:///");
  }

  @Test
  void theClassPathWins() throws IOException {
    Files.writeString(directory.resolve("core-site.xml"), file("fs.defaultFS", "hdfs://directory"));
    Path onClassPath = Files.createDirectory(directory.resolve("cp"));
    Files.writeString(onClassPath.resolve("core-site.xml"), file("fs.defaultFS", "hdfs://path"));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var loader =
        new java.net.URLClassLoader(new java.net.URL[] {onClassPath.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Configuration read =
          ConfDirectory.configuration(Map.of("HADOOP_CONF_DIR", directory.toString()));
      assertThat(read.get("fs.defaultFS")).isEqualTo("hdfs://path");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
