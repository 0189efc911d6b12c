/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.TestDirectories;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class GcsClientsTest {
  /** As Guava had it until 19. */
  private static final String OLD_GUAVA =
      """
      package com.google.common.base;
      public final class Preconditions {
        public static void checkArgument(boolean holds, String message, Object... arguments) {}
      }
      """;

  @Test
  void ourOwnClientServesABucket() {
    assertThat(GcsClients.needsHadoop(new Configuration(false))).isEmpty();
  }

  @Test
  void guavaOfSpark3IsTooOldForGooglesClient() throws Exception {
    Path directory = TestDirectories.create("guava");
    Path source = directory.resolve("Preconditions.java");
    Files.writeString(source, OLD_GUAVA);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
    assertThat(failed).isZero();
    try (URLClassLoader old = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      assertThat(GcsClients.hasGuava(old)).isFalse();
    }
  }

  @Test
  void classPathWithoutGuavaIsLikeOneWithAnOldOne() throws Exception {
    try (URLClassLoader none = new URLClassLoader(new URL[0], null)) {
      assertThat(GcsClients.hasGuava(none)).isFalse();
    }
  }
}
