/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The suites of the stores that are to run on another Hadoop do. */
@Tag("hadoop-other")
class OtherHadoopTest {
  @Test
  void theReleaseIsTheOneThatWasAskedFor() {
    assertThat(VersionInfo.getVersion()).isEqualTo(System.getProperty("test.hadoop.other"));
  }
}
