/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Renders {@code docs/reliability.md} of the list of faults and the tests that name them. */
final class ReliabilityDoc {
  /** One fault or bad input; the reason says why no test of it is here, and is empty otherwise. */
  record Entry(String id, String fault, String outcome, String reason) {
    private static Entry of(String line) {
      String[] parts = line.split(" \\| ", 4);
      return new Entry(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "");
    }
  }

  private final List<Entry> entries;
  private final Map<String, SortedSet<String>> tests;

  ReliabilityDoc(List<Entry> entries, Map<String, SortedSet<String>> tests) {
    this.entries = entries;
    this.tests = tests;
  }

  static List<Entry> entries() throws IOException {
    try (InputStream in = ReliabilityDoc.class.getResourceAsStream("faults.txt")) {
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
        # Faults and bad inputs, and the tests that cover them

        Generated from the `@Rule` annotations of the tests by `ReliabilityDocTest`; run it with `-Dregenerate.docs=true`
        after a change. Do not edit. The tests run in every build, so what a row says is what happens.

        After every fault: no file is lost, nothing partial has a final name, no pending upload or temporary file of ours is
        left, the report says what is there, the exit code says what the report says, and nothing printed has a secret in
        it. `Invariants` checks this in the tests.

        What goes wrong on a cluster (lost workers, speculative attempts, expired tokens) is in
        [distributed-copy.md](distributed-copy.md).
        """);
    section(text, "Faults of networks, stores and machines", "F");
    section(text, "Bad inputs", "B");
    return text.toString();
  }

  private void section(StringBuilder text, String title, String prefix) {
    text.append("\n## ").append(title);
    text.append("\n\n| id | what goes wrong | what happens | tests |\n| --- | --- | --- | --- |\n");
    entries.stream().filter(entry -> entry.id().startsWith(prefix)).forEach(e -> row(text, e));
  }

  private void row(StringBuilder text, Entry entry) {
    SortedSet<String> named = tests.getOrDefault(entry.id(), new TreeSet<>());
    text.append("| ").append(entry.id());
    text.append(" | ").append(entry.fault());
    text.append(" | ").append(entry.outcome());
    text.append(" | ");
    text.append(named.isEmpty() ? "no test: " + entry.reason() : String.join("<br>", named));
    text.append(" |\n");
  }
}
