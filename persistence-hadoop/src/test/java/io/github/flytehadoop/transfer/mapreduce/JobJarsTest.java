/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer.mapreduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobJarsTest {
  @Test
  void jarsOfTheLibraryAreShippedWithoutHadoop() {
    String classPath =
        "/a/lib/flyte.jar:/a/lib/s3.jar:/a/lib/hadoop-client-api-3.5.0.jar:/a/classes"
            + ":/opt/hadoop/share/common.jar:/opt/hadoop-extra/more.jar";

    assertThat(JobJars.besides("/a/lib/flyte.jar", classPath, Map.of("HADOOP_HOME", "/opt/hadoop")))
        .containsExactly(Path.of("/a/lib/s3.jar"), Path.of("/opt/hadoop-extra/more.jar"));
  }

  @Test
  void nothingGoesAlongWhenTheLibraryCameAnotherWay() {
    assertThat(JobJars.besides("/tmp/job.jar", "/opt/hadoop/common.jar:/x/y.jar", Map.of()))
        .isEmpty();
  }
}
