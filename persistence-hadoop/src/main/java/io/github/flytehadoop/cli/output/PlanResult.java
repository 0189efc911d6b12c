/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.cli.option.ByteSize;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.TransferReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a copy would do, and what its requests cost.
 *
 * @param report of the rehearsal
 */
public record PlanResult(TransferReport report) implements Result {
  /** US dollars for a request, S3 Standard in us-east-1; what is not named here is free. */
  private static final Map<String, BigDecimal> PRICES =
      Map.of(
          "PUT", new BigDecimal("0.000005"),
          "COPY", new BigDecimal("0.000005"),
          "POST", new BigDecimal("0.000005"),
          "LIST", new BigDecimal("0.000005"),
          "GET", new BigDecimal("0.0000004"),
          "HEAD", new BigDecimal("0.0000004"));

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "would copy "
            + report.files()
            + (report.files() == 1 ? " file, " : " files, ")
            + ByteSize.show(report.bytes())
            + (report.skipped() == 0 ? "" : ", " + report.skipped() + " skipped")
            + " to "
            + Printable.of(report.uri()));
    String requests =
        report.requests().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(request -> request.getKey() + " " + request.getValue())
            .collect(Collectors.joining(", "));
    lines.add("  requests: " + (requests.isEmpty() ? "none that are charged for" : requests));
    lines.add("  list price: $" + price().toPlainString() + " (S3 Standard, requests alone)");
    report.notes().forEach(note -> lines.add("  " + Printable.escaped(note)));
    return lines;
  }

  private BigDecimal price() {
    return report.requests().entrySet().stream()
        .map(
            request ->
                PRICES
                    .getOrDefault(request.getKey(), BigDecimal.ZERO)
                    .multiply(BigDecimal.valueOf(request.getValue())))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros();
  }

  @Override
  public ObjectNode json() {
    return new TransferResult("would copy", report).json().put("listPriceUsd", price());
  }
}
