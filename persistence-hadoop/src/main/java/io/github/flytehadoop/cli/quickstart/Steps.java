/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.cli.option.ByteSize;
import io.github.flytehadoop.cli.output.Output;
import io.github.flytehadoop.cli.output.Result;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.TransferReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Says what was done: a line after each step, or one JSON object after the last. */
public final class Steps {
  private static final double NANOS = 1e9;

  private final Output output;
  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final ArrayNode done = json.putArray("steps");

  /** Nothing is done yet. */
  public Steps(Output output) {
    this.output = output;
  }

  void started(String uri, long nanos) throws IOException {
    step("start", uri, nanos / NANOS);
    say("start    HDFS in this process: %s, %.1f s", uri, nanos / NANOS);
  }

  void moved(String verb, String from, TransferReport report) throws IOException {
    double seconds = report.elapsed().toNanos() / NANOS;
    String verified = report.verification().name().toLowerCase(Locale.ROOT);
    step(verb, report.uri(), seconds)
        .put("files", report.files())
        .put("bytes", report.bytes())
        .put("from", from)
        .put("verifiedBy", verified);
    say(
        "%-8s %d files, %s, %.1f s, verified by %s%n         from %s%n         to   %s",
        verb,
        report.files(),
        ByteSize.show(report.bytes()),
        seconds,
        verified,
        Printable.of(from),
        Printable.of(report.uri()));
  }

  void listed(String uri, long files, long bytes, long nanos) throws IOException {
    step("list", uri, nanos / NANOS).put("files", files).put("bytes", bytes);
    say("list     %d files, %s, %.1f s", files, ByteSize.show(bytes), nanos / NANOS);
  }

  void compared(CopyComparison comparison, long nanos) throws IOException {
    ObjectNode step = step("compare", "", nanos / NANOS);
    step.put("files", comparison.files()).put("bytes", comparison.bytes());
    comparison.differences().forEach(step.putArray("differences")::add);
    json.put("identical", comparison.differences().isEmpty());
    if (comparison.differences().isEmpty()) {
      say(
          "compare  %d files, all %d bytes are identical, %.1f s",
          comparison.files(), comparison.bytes(), nanos / NANOS);
    } else {
      say(
          "compare  %d files differ, the first: %s",
          comparison.differences().size(), Printable.of(comparison.differences().get(0)));
    }
    if (!output.isText()) {
      print(List.of());
    }
  }

  private ObjectNode step(String verb, String uri, double seconds) {
    ObjectNode step = done.addObject().put("step", verb).put("seconds", seconds);
    return uri.isEmpty() ? step : step.put("uri", uri);
  }

  private void say(String format, Object... values) throws IOException {
    if (output.isText()) {
      print(String.format(Locale.ROOT, format, values).lines().toList());
      output.flush();
    }
  }

  private void print(List<String> lines) throws IOException {
    output.print(
        new Result() {
          @Override
          public List<String> lines() {
            return lines;
          }

          @Override
          public ObjectNode json() {
            return json;
          }
        });
  }
}
