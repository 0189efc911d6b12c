/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import io.github.flytehadoop.testkit.PythonEnvironment;
import io.github.flytehadoop.testkit.RequireStores;
import io.github.flytehadoop.testkit.TestDirectories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code python -m flyte_hadoop link} does to the jars of a Spark. */
@RequireStores("python")
@Timeout(120)
class LinkedJarsTest {
  @Test
  void linkReplacesLinksOfItsOwnAndNothingElse() throws Exception {
    Path site = TestDirectories.create("site");
    Path copy = Files.createDirectory(site.resolve("flyte_hadoop"));
    for (Path module : modules()) {
      Files.copy(module, copy.resolve(module.getFileName()));
    }
    Path script = ProjectRoot.resolve("spark-integration/src/test/resources/python/link_jars.py");
    String said = PythonEnvironment.run(Duration.ofMinutes(1), Map.of(), script, site.toString());
    assertThat(said).isEmpty();
  }

  private static List<Path> modules() throws Exception {
    try (Stream<Path> files =
        Files.list(ProjectRoot.resolve("spark-integration/src/main/python/flyte_hadoop"))) {
      return files.filter(file -> file.toString().endsWith(".py")).toList();
    }
  }
}
