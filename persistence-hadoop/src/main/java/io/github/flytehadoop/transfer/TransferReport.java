/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.PathFailure;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.error.TransferSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a transfer really did. Returned only when every planned file is at the target, whole;
 * otherwise it travels in the exception. With {@link OnUnsupported#SKIP} a report that is returned
 * may have failures: the entries that were left out.
 *
 * @param uri the target that was written, in the form the caller used (fixes W-26)
 * @param files files that are at the target now because of this call
 * @param bytes bytes in them
 * @param skipped files that the target already had
 * @param failures files that did not get there, and entries that were left out
 * @param verification what was compared, for the weakest file
 * @param engine who moved the bytes
 * @param elapsed wall time
 * @param requests requests that the store's clients sent meanwhile, by class such as {@code PUT};
 *     empty where a client does not count; concurrent calls on one bucket see each other's, and
 *     what a client's SDK repeats by itself is not among them
 * @param jobId names this run
 * @param notes what a reader should know although nothing failed
 */
public record TransferReport(
    String uri,
    long files,
    long bytes,
    long skipped,
    List<PathFailure> failures,
    Verification verification,
    Engine engine,
    Duration elapsed,
    Map<String, Long> requests,
    String jobId,
    List<String> notes)
    implements TransferSummary {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the collections; a web address loses its query (F82). */
  public TransferReport {
    uri = Printable.masked(Objects.requireNonNull(uri, "uri"));
    failures = List.copyOf(failures);
    requests = java.util.Collections.unmodifiableMap(new TreeMap<>(requests));
    notes = List.copyOf(notes);
  }

  /** One JSON object with a member for every component; {@code elapsed} in milliseconds. */
  @Override
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("uri", uri).put("files", files).put("bytes", bytes).put("skipped", skipped);
    ArrayNode failed = json.putArray("failures");
    for (PathFailure failure : failures) {
      failed
          .addObject()
          .put("path", failure.path())
          .put("kind", failure.kind().name())
          .put("message", failure.message());
    }
    json.put("verification", verification.name()).put("engine", engine.name());
    json.put("elapsedMillis", elapsed.toMillis());
    requests.forEach(json.putObject("requests")::put);
    json.put("jobId", jobId);
    notes.forEach(json.putArray("notes")::add);
    return json.toString();
  }
}
