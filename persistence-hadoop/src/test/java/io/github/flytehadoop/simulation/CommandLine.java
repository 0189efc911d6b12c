/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flytehadoop.cli.FlyteData;
import io.github.flytehadoop.error.FailureKind;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.TransferException;
import io.github.flytehadoop.testkit.TestSecrets;
import io.github.flytehadoop.transfer.CheckReport;
import io.github.flytehadoop.transfer.Engine;
import io.github.flytehadoop.transfer.TransferReport;
import io.github.flytehadoop.transfer.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same verb as a shell would run it: what it prints, and its exit code. */
final class CommandLine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DONE = 0;
  private static final int USAGE = 2;
  private static final int PARTLY = 3;
  private static final int INTERRUPTED = 130;

  private final Ends ends;
  private final Asked asked;

  CommandLine(Ends ends, Asked asked) {
    this.ends = ends;
    this.asked = asked;
  }

  Outcome run() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream printer = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = FlyteData.run(out, printer, environment(), words());
    String told = err.toString(StandardCharsets.UTF_8);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    JsonNode last = lines.isEmpty() ? null : JSON.readTree(lines.get(lines.size() - 1));
    return outcome(code, last, told).exiting(code);
  }

  private Outcome outcome(int code, @Nullable JsonNode last, String told) {
    boolean failed = told.contains("flyte-data: ");
    if (last != null && last.has("onlyFirst") && !failed) {
      return Outcome.of(check(last));
    }
    TransferReport report = last == null || !last.has("jobId") ? null : report(last);
    if (report != null && !failed && (code == DONE || code == PARTLY)) {
      return Outcome.of(report);
    }
    FailureKind kind = code == INTERRUPTED ? FailureKind.INTERRUPTED : FailureKind.NETWORK;
    return Outcome.of(
        code == USAGE
            ? new IllegalArgumentException(told)
            : new TransferException(kind, "target", told, null, report));
  }

  private static CheckReport check(JsonNode told) {
    return new CheckReport(
        told.get("same").asLong(),
        told.get("proven").asLong(),
        told.get("different").asLong(),
        told.get("onlyFirst").asLong(),
        told.get("onlySecond").asLong());
  }

  private static TransferReport report(JsonNode told) {
    List<PathFailure> failures = new ArrayList<>();
    for (JsonNode each : told.get("failures")) {
      FailureKind kind = FailureKind.valueOf(each.get("kind").asText());
      failures.add(new PathFailure(each.get("path").asText(), kind, each.get("message").asText()));
    }
    List<String> notes = new ArrayList<>();
    told.get("notes").forEach(note -> notes.add(note.asText()));
    return new TransferReport(
        told.get("uri").asText(),
        told.get("files").asLong(),
        told.get("bytes").asLong(),
        told.get("skipped").asLong(),
        failures,
        Verification.LENGTH,
        Engine.LOCAL,
        Duration.ZERO,
        Map.of(),
        told.get("jobId").asText(),
        notes);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", "/nonexistent"));
    if (ends.uses("s3")) {
      environment.put("FLYTE_AWS_ENDPOINT", Servers.s3().uri().toString());
      environment.put("FLYTE_AWS_ACCESS_KEY_ID", TestSecrets.S3_ACCESS_KEY);
      environment.put("FLYTE_AWS_SECRET_ACCESS_KEY", TestSecrets.S3_SECRET_KEY);
      environment.put("FLYTE_AWS_RETRIES", "0");
    }
    return environment;
  }

  private String[] words() {
    List<String> words = new ArrayList<>(List.of("--output", "json", "--anonymous", "never"));
    ends.settings().forEach((key, value) -> words.addAll(List.of("-D", key + "=" + value)));
    words.add(asked.step().is("copy") ? "cp" : asked.step().verb());
    if (asked.isCheck()) {
      words.addAll(checking());
    } else {
      words.addAll(asked.one() == null ? List.of("-r") : List.of());
      words.addAll(List.of("--attempts", "2", "--streams", ends.streams(), "-q"));
      words.addAll(asked.step().is("copy") ? copying() : List.of());
    }
    String one = asked.one();
    String path = one == null ? "" : one;
    words.addAll(List.of("--", ends.uri("source", path), ends.uri("target", path)));
    return words.toArray(String[]::new);
  }

  private List<String> checking() {
    return switch (asked.by()) {
      case CONTENT -> List.of("--content");
      case LENGTHS -> List.of("--size-only");
      default -> List.of();
    };
  }

  private List<String> copying() {
    List<String> words = new ArrayList<>(List.of("--engine", "local"));
    switch (asked.existing()) {
      case OVERWRITE -> words.add("--overwrite");
      case SKIP_IDENTICAL -> {
        words.add("--skip-identical");
        words.addAll(comparing());
      }
      default -> {}
    }
    asked.include().forEach(glob -> words.addAll(List.of("--include", glob)));
    asked.exclude().forEach(glob -> words.addAll(List.of("--exclude", glob)));
    if (asked.mayDelete() >= 0) {
      words.addAll(List.of("--delete-extra", String.valueOf(asked.mayDelete())));
    }
    String job = asked.job();
    words.addAll(job == null ? List.of() : List.of("--job-id", job));
    words.addAll(asked.step().has("dry") ? List.of("--dry-run") : List.of());
    words.addAll(List.of("--on-unsupported", asked.step().get("on-unsupported", "fail")));
    return words;
  }

  private List<String> comparing() {
    return switch (asked.by()) {
      case CONTENT -> List.of("--checksum");
      case LENGTHS -> List.of("--size-only");
      default -> List.of();
    };
  }
}
