/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No fault without a test or a reason, and all of them in {@code docs/reliability.md}. */
class ReliabilityDocTest {
  private static Map<String, SortedSet<String>> tests;

  @BeforeAll
  static void findAnnotations() {
    tests = RuleAnnotations.find();
  }

  @Test
  void everyFaultHasATestOrAReason() throws IOException {
    assertThat(ReliabilityDoc.entries())
        .filteredOn(entry -> !tests.containsKey(entry.id()))
        .filteredOn(entry -> entry.reason().isBlank())
        .as("rows with neither a test nor a reason")
        .isEmpty();
  }

  @Test
  void theListIsWhole() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int fault = 1; fault <= 100; fault++) {
      ids.add("F%02d".formatted(fault));
    }
    for (int input = 1; input <= 95; input++) {
      ids.add("B%02d".formatted(input));
    }
    assertThat(ReliabilityDoc.entries()).extracting(ReliabilityDoc.Entry::id).isEqualTo(ids);
  }

  @Test
  void theCommittedDocumentIsTheTable() throws IOException {
    Path document = ProjectRoot.resolve("docs/reliability.md");
    String rendered = new ReliabilityDoc(ReliabilityDoc.entries(), tests).render();
    if (Boolean.getBoolean("regenerate.docs")) {
      Files.writeString(document, rendered);
    }
    assertThat(document)
        .as("docs/reliability.md is not up to date: run this test with -Dregenerate.docs=true")
        .hasContent(rendered);
  }
}
