/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.hadoop.overlay.Overlay;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What a worker of a distributed copy is told to set. */
class ShippedValuesTest {
  private static final String PROVIDER = "fs.s3a.aws.credentials.provider";

  @Test
  void aSuggestionDoesNotReplaceWhatTheUserHasSet() {
    Configuration base = new Configuration();
    base.set(PROVIDER, "com.example.Mine");
    base.set("google.cloud.of.somebody", "mine");
    Overlay overlay = new Overlay().set("fs.s3a.endpoint", "http://127.0.0.1:1");
    for (String key : new String[] {PROVIDER, "google.cloud.of.somebody", "fs.s3a.new"}) {
      overlay.suggest(key, "ours", List.of());
    }

    Map<String, String> shipped = new ShippedValues(base).of(HadoopSettings.of(overlay));

    assertThat(shipped)
        .containsEntry(PROVIDER, "com.example.Mine")
        .containsEntry("google.cloud.of.somebody", "mine")
        .containsEntry("fs.s3a.new", "ours")
        .containsEntry("fs.s3a.endpoint", "http://127.0.0.1:1")
        .doesNotContainKey("fs.s3a.path.style.access");
  }
}
