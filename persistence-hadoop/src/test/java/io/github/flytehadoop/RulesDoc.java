/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Renders {@code docs/rules.md} of the list of rules and the tests that name them. */
final class RulesDoc {
  /** One rule; a fault of flytekit has a fix. */
  record Entry(String id, String title, String fix) {
    private static Entry of(String line) {
      String[] parts = line.split(" \\| ", 3);
      return new Entry(parts[0], parts[1], parts.length > 2 ? parts[2] : "");
    }

    boolean isFault() {
      return id.startsWith("W-");
    }
  }

  private final List<Entry> rules;
  private final Map<String, SortedSet<String>> tests;

  RulesDoc(List<Entry> rules, Map<String, SortedSet<String>> tests) {
    this.rules = rules;
    this.tests = tests;
  }

  static List<Entry> rules() throws IOException {
    try (InputStream in = RulesDoc.class.getResourceAsStream("rules.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Entry::of)
          .toList();
    }
  }

  String render() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Rules and the tests that cover them

        Generated from the `@Rule` annotations of the tests by `RulesDocTest`; run it with `-Dregenerate.docs=true` after a
        change. Do not edit.

        Flytekit's data persistence, restated as rules with stable ids: `FAP` the provider, `OPT` options of stores, `CFG`
        configuration, `W` a fault of flytekit that is fixed here. `TASK` and `LIT` are rules of Flyte's own protocol: how a
        task speaks with the platform, and what the values are that it passes.
        """);
    section(text, "The provider", "FAP-");
    section(text, "Options of stores", "OPT-");
    section(text, "Configuration", "CFG-");
    section(text, "Tasks", "TASK-");
    section(text, "Literals", "LIT-");
    text.append(
        "\n## Faults, all fixed\n\n| id | fault | fixed: how | tests |\n| --- | --- | --- | --- |\n");
    rules.stream().filter(Entry::isFault).forEach(rule -> row(text, rule));
    return text.toString();
  }

  private void section(StringBuilder text, String title, String prefix) {
    text.append("\n## ").append(title).append("\n\n| id | about | tests |\n| --- | --- | --- |\n");
    rules.stream().filter(rule -> rule.id().startsWith(prefix)).forEach(rule -> row(text, rule));
  }

  private void row(StringBuilder text, Entry rule) {
    text.append("| ").append(rule.id()).append(" | ").append(rule.title()).append(" | ");
    if (rule.isFault()) {
      text.append(rule.fix()).append(" | ");
    }
    text.append(String.join("<br>", tests.getOrDefault(rule.id(), new TreeSet<>()))).append(" |\n");
  }
}
