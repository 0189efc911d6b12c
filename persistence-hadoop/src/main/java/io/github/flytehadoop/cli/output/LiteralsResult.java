/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.error.Printable;
import io.github.flytehadoop.literal.Literal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Literals in plain words: as text a line for each value that is no list and no map, as JSON what
 * {@link LiteralWords} gives.
 *
 * @param literals by name; one without a name is a file of one literal
 */
public record LiteralsResult(Map<String, Literal> literals) implements Result {
  /** Copies the map. */
  public LiteralsResult {
    literals = Collections.unmodifiableMap(new LinkedHashMap<>(literals));
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    literals.forEach((name, literal) -> add(lines, name, LiteralWords.of(name, literal)));
    return lines;
  }

  private static void add(List<String> lines, String path, JsonNode words) {
    JsonNode list = words.get("collection");
    JsonNode map = words.get("map");
    if (list != null && !list.isEmpty()) {
      for (int i = 0; i < list.size(); i++) {
        add(lines, path + "[" + i + "]", list.get(i));
      }
    } else if (map != null && !map.isEmpty()) {
      map.properties().forEach(entry -> add(lines, path + "." + entry.getKey(), entry.getValue()));
    } else {
      String name = path.isEmpty() ? "" : Printable.of(path) + ": ";
      lines.add(name + Printable.escaped(words.toString()));
    }
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Output.object();
    ObjectNode all = json.putObject("literals");
    literals.forEach((name, literal) -> all.set(name, LiteralWords.of(name, literal)));
    return json;
  }
}
