/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.literal.ContainerError;
import io.github.flytehadoop.literal.ErrorDocument;
import java.util.ArrayList;
import java.util.List;

/** Why a task failed, as the platform reads it. */
public record ErrorDocumentResult(ErrorDocument document) implements Result {
  @Override
  public List<String> lines() {
    ContainerError error = document.error();
    if (error == null) {
      return List.of("no error is in it: the platform calls the file badly formed");
    }
    List<String> lines = new ArrayList<>();
    lines.add("code: " + Printable.of(error.code()));
    lines.add("kind: " + error.kind());
    lines.add("origin: " + error.origin());
    if (error.timestamp() != null) {
      lines.add("timestamp: " + error.timestamp());
    }
    if (!error.worker().isEmpty()) {
      lines.add("worker: " + Printable.of(error.worker()));
    }
    lines.add("message:");
    error.message().lines().forEach(line -> lines.add("  " + Printable.sentence(line)));
    return lines;
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Output.object();
    ContainerError error = document.error();
    if (error != null) {
      ObjectNode words = json.putObject("error");
      words.put("code", error.code()).put("message", Printable.masked(error.message()));
      words.put("kind", error.kind().name()).put("origin", error.origin().name());
      if (error.timestamp() != null) {
        words.put("timestamp", error.timestamp().toString());
      }
      if (!error.worker().isEmpty()) {
        words.put("worker", error.worker());
      }
    }
    return json;
  }
}
