/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of the warm-up succeed; one that failed would leave its classes out of the archive. */
class WarmUpTest {
  @TempDir Path temp;

  @Test
  void everyVerbDoesItsWork() throws Exception {
    assertThat(WarmUp.run(temp)).isZero();
    assertThat(temp.resolve("out/file")).hasContent("warm");
    assertThat(temp.resolve("file")).hasContent("warm");
  }
}
