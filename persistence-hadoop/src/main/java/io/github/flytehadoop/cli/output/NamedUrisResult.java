/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import java.util.ArrayList;
import java.util.List;

/** What literals name, and whether it is there. */
public record NamedUrisResult(List<NamedUri> uris) implements Result {
  /**
   * One of them.
   *
   * @param path of the literal that names it
   * @param fault a clause, or empty when it is as it should be
   */
  public record NamedUri(String path, String uri, String fault) {}

  /** Copies the list. */
  public NamedUrisResult {
    uris = List.copyOf(uris);
  }

  /** Whether all of it is as it should be. */
  public boolean isComplete() {
    return uris.stream().allMatch(uri -> uri.fault.isEmpty());
  }

  private long faults() {
    return uris.stream().filter(uri -> !uri.fault.isEmpty()).count();
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (NamedUri uri : uris) {
      if (!uri.fault.isEmpty()) {
        lines.add(Printable.of(uri.path) + ": " + Printable.of(uri.uri) + " " + uri.fault);
      }
    }
    lines.add(uris.size() + " named, " + (uris.size() - faults()) + " there");
    return lines;
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Output.object();
    json.put("named", uris.size());
    json.put("there", uris.size() - faults());
    ArrayNode all = json.putArray("uris");
    for (NamedUri uri : uris) {
      ObjectNode one = all.addObject().put("path", uri.path).put("uri", Printable.of(uri.uri));
      if (!uri.fault.isEmpty()) {
        one.put("fault", uri.fault);
      }
    }
    return json;
  }
}
