/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.cli.option.ByteSize;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A transfer that is over: one line and its notes, or the report.
 *
 * @param verb in the past: {@code put}, {@code got}, {@code copied}
 * @param report what was done
 */
public record TransferResult(String verb, TransferReport report) implements Result {
  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(verb + " " + counts() + " to " + Printable.of(report.uri()) + how());
    report.notes().forEach(note -> lines.add("  " + Printable.escaped(note)));
    report.failures().forEach(failure -> lines.add("  " + Printable.escaped(failure.message())));
    return lines;
  }

  private String counts() {
    String files = report.files() + (report.files() == 1 ? " file, " : " files, ");
    String skipped = report.skipped() == 0 ? "" : ", " + report.skipped() + " skipped";
    String failed = report.failures().isEmpty() ? "" : ", " + report.failures().size() + " failed";
    return files + ByteSize.show(report.bytes()) + skipped + failed;
  }

  private String how() {
    String requests =
        report.requests().entrySet().stream()
            .map(request -> request.getKey() + " " + request.getValue())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        " in %.1f s%s, verified by %s",
        report.elapsed().toMillis() / 1000.0,
        requests.isEmpty() ? "" : " (" + requests + ")",
        report.verification().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String done() {
    return lines().get(0);
  }

  @Override
  public ObjectNode json() {
    try {
      return (ObjectNode) Output.json().readTree(report.toJson());
    } catch (IOException impossible) {
      throw new IllegalStateException("a report that is not JSON", impossible);
    }
  }
}
