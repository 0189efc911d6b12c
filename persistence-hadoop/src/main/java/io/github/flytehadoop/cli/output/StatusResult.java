/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.cli.option.ByteSize;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.transfer.ObjectStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one path.
 *
 * @param status what is there
 */
public record StatusResult(ObjectStatus status) implements Result {
  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, "uri", status.uri());
    add(lines, "kind", status.kind().name().toLowerCase(Locale.ROOT));
    if (!status.isDirectory()) {
      add(lines, "length", status.length() + " (" + ByteSize.show(status.length()) + ")");
      add(lines, "modified", status.modified().toString());
    }
    add(lines, "etag", status.etag());
    add(lines, "checksum", status.checksum());
    new TreeMap<>(status.metadata()).forEach((key, value) -> add(lines, "meta " + key, value));
    return lines;
  }

  private static void add(List<String> lines, String name, @Nullable String value) {
    if (value != null) {
      lines.add(Printable.of(name) + ": " + Printable.of(value));
    }
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = EntryResult.json(status);
    if (status.checksum() != null) {
      json.put("checksum", status.checksum());
    }
    new TreeMap<>(status.metadata()).forEach(json.putObject("metadata")::put);
    return json;
  }
}
