/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.testkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No rule without a test, no test of a rule that is none, and both in {@code docs/rules.md}. */
class RulesDocTest {
  /** Faults of networks and machines, which have a list of their own. */
  private static final Pattern FAULT = Pattern.compile("[BF][0-9]{2,3}");

  private static Map<String, SortedSet<String>> tests;

  @BeforeAll
  static void findAnnotations() {
    tests = RuleAnnotations.find();
  }

  private static Set<String> ids() throws IOException {
    return RulesDoc.rules().stream().map(RulesDoc.Entry::id).collect(Collectors.toSet());
  }

  @Test
  void everyRuleHasATest() throws IOException {
    assertThat(ids()).allSatisfy(id -> assertThat(tests).containsKey(id));
  }

  @Test
  void everyAnnotationNamesARule() throws IOException {
    Set<String> ids = ids();
    assertThat(tests.keySet())
        .allMatch(id -> ids.contains(id) || FAULT.matcher(id).matches(), "a known rule");
  }

  @Test
  void theListIsWhole() throws IOException {
    assertThat(RulesDoc.rules()).extracting(RulesDoc.Entry::id).doesNotHaveDuplicates();
    for (int wart = 1; wart <= 43; wart++) {
      assertThat(ids()).contains("W-" + wart);
    }
    assertThat(RulesDoc.rules())
        .allSatisfy(rule -> assertThat(rule.fix().isEmpty()).isNotEqualTo(rule.isFault()));
  }

  @Test
  void theCommittedDocumentIsTheTable() throws IOException {
    Path document = ProjectRoot.resolve("docs/rules.md");
    String rendered = new RulesDoc(RulesDoc.rules(), tests).render();
    if (Boolean.getBoolean("regenerate.docs")) {
      Files.writeString(document, rendered);
    }
    assertThat(document)
        .as("docs/rules.md is not up to date: run this test with -Dregenerate.docs=true")
        .hasContent(rendered);
  }
}
