/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The matrix of docs/compatibility.md is the one that was run. */
class CompatibilityDocTest {
  @Test
  void theCommittedTableIsThatOfTheCommittedResults() throws IOException {
    CompatibilityTable table = CompatibilityTable.read();
    if (Boolean.getBoolean("regenerate.docs")) {
      table.write();
    }
    String committed = Files.readString(CompatibilityTable.document());
    assertThat(committed)
        .as("docs/compatibility.md is not up to date: run this test with -Dregenerate.docs=true")
        .isEqualTo(table.document(committed));
  }
}
