/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * One line of a listing.
 *
 * @param entry what was listed
 */
public record EntryResult(ObjectStatus entry) implements Result {
  @Override
  public List<String> lines() {
    String length = entry.isDirectory() || entry.length() < 0 ? "-" : "" + entry.length();
    return List.of(
        String.format(
            Locale.ROOT,
            "%15s  %-20s  %s",
            length,
            !entry.isDirectory() && entry.problem() == null
                ? entry.modified().truncatedTo(ChronoUnit.SECONDS)
                : "-",
            uri(entry)
                + (entry.problem() == null
                    ? ""
                    : "  (" + Printable.escaped(entry.problem()) + ")")));
  }

  private static String uri(ObjectStatus entry) {
    String shown = Printable.of(entry.uri());
    return entry.isDirectory() && !shown.endsWith("/") ? shown + "/" : shown;
  }

  @Override
  public ObjectNode json() {
    return json(entry);
  }

  private static String kind(ObjectStatus entry) {
    return entry.problem() == null || entry.isDirectory() ? entry.kind().name() : "OTHER";
  }

  static ObjectNode json(ObjectStatus entry) {
    ObjectNode json =
        Output.object()
            .put("uri", Printable.masked(entry.uri()))
            .put("kind", kind(entry))
            .put("length", entry.length())
            .put("modified", entry.modified().toString());
    if (entry.problem() != null) {
      json.put("problem", entry.problem());
    }
    return entry.etag() == null ? json : json.put("etag", entry.etag());
  }
}
