/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.transfer.CheckReport;
import java.util.List;

/**
 * The end of a comparison.
 *
 * @param report what was found
 */
public record CheckResult(CheckReport report) implements Result {
  @Override
  public List<String> lines() {
    return List.of(
        String.format(
            "%d the same (%d proven by digest or content, %d by length alone), %d different,"
                + " %d only in the first, %d only in the second",
            report.same(),
            report.proven(),
            report.same() - report.proven(),
            report.different(),
            report.onlyFirst(),
            report.onlySecond()));
  }

  @Override
  public ObjectNode json() {
    return Output.object()
        .put("same", report.same())
        .put("proven", report.proven())
        .put("unproven", report.same() - report.proven())
        .put("different", report.different())
        .put("onlyFirst", report.onlyFirst())
        .put("onlySecond", report.onlySecond());
  }
}
