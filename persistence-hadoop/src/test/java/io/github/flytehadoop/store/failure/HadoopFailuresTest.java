/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.store.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.location.Location;
import io.github.flytehadoop.testkit.Rule;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;

/** What only the words of a store tell. */
class HadoopFailuresTest {
  @Test
  @Rule({"F29", "F70"})
  void otherBlocksThanWereReadSoFarAreAnotherFile() {
    IOException failure = new IOException("Blocklist for /d/file has changed!");
    Location file = Location.parse("hdfs://cluster/d/file");
    assertThat(HadoopFailures.ofRead("read", file, failure).kind())
        .isEqualTo(FailureKind.SOURCE_CHANGED);
  }

  @Test
  void anInterruptionWithoutAWordIsCalledOne() {
    Location file = Location.parse("s3://bucket/key");
    Throwable silent = AbortedException.create(null, new InterruptedException());
    assertThat(HadoopFailures.of("read", file, silent))
        .hasMessage("Cannot read s3://bucket/key: interrupted. Run it again.");
  }
}
