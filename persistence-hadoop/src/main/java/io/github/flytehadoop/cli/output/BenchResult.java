/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.transfer.TransferReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One measured transfer.
 *
 * @param round from 1; the first pays for a JVM that is cold
 * @param verb {@code put}, {@code get} or {@code copy}
 * @param report what was moved, and with which requests
 * @param wall time on the clock
 * @param cpu time of all processors, this process alone
 * @param peakBytes the most memory this process had so far, or 0 where the system does not say
 */
public record BenchResult(
    int round, String verb, TransferReport report, Duration wall, Duration cpu, long peakBytes)
    implements Result {
  private static final double MILLIS = 1000;
  private static final double MEGABYTE = 1e6;
  private static final long MEBIBYTE = 1 << 20;

  private double megabytesPerSecond() {
    return report.bytes() / MEGABYTE / Math.max(1 / MILLIS, seconds(wall));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }

  @Override
  public List<String> lines() {
    String requests =
        report.requests().entrySet().stream()
            .map(request -> request.getKey() + " " + request.getValue())
            .collect(Collectors.joining(", "));
    return List.of(
        String.format(
            Locale.ROOT,
            "%-3d %-5s %8.2f s %8.2f cpu s %8.1f MB/s %5d MiB peak  %s",
            round,
            verb,
            seconds(wall),
            seconds(cpu),
            megabytesPerSecond(),
            peakBytes / MEBIBYTE,
            requests));
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Output.object();
    json.put("round", round).put("verb", verb);
    json.put("files", report.files()).put("bytes", report.bytes());
    json.put("wallSeconds", seconds(wall)).put("cpuSeconds", seconds(cpu));
    json.put("megabytesPerSecond", megabytesPerSecond()).put("peakBytes", peakBytes);
    ObjectNode requests = json.putObject("requests");
    for (Map.Entry<String, Long> request : new TreeMap<>(report.requests()).entrySet()) {
      requests.put(request.getKey(), request.getValue());
    }
    return json;
  }
}
