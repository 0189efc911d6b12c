/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.doctor.Finding;
import io.github.flytehadoop.error.Printable;
import java.util.List;
import java.util.Locale;

/**
 * What the doctor found, one line a finding.
 *
 * @param findings in the order of the examination
 */
public record DoctorResult(List<Finding> findings) implements Result {
  /** Copies the list. */
  public DoctorResult {
    findings = List.copyOf(findings);
  }

  @Override
  public List<String> lines() {
    return findings.stream().map(DoctorResult::line).toList();
  }

  private static String line(Finding finding) {
    String fix = finding.fix() == null ? "" : ". Fix: " + finding.fix();
    return String.format(
        "%-8s%-9s %s", verdict(finding), finding.check(), Printable.of(finding.detail() + fix));
  }

  private static String verdict(Finding finding) {
    return finding.verdict().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Output.object();
    ArrayNode list = json.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode one = list.addObject();
      one.put("check", finding.check()).put("verdict", verdict(finding));
      one.put("detail", finding.detail()).put("fix", finding.fix());
    }
    return json;
  }
}
