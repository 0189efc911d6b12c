/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flytehadoop.config.ResolvedConfig;
import io.github.flytehadoop.config.ResolvedEntry;
import io.github.flytehadoop.error.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The effective configuration, where each value came from, and the Hadoop keys it became. Secrets
 * are masked before they get here.
 *
 * @param resolved Flyte's values
 * @param hadoop what Hadoop will read, by key
 * @param keysOf the Hadoop keys that a component decides, by its name such as {@code
 *     S3Config.endpoint}
 */
public record ConfigResult(
    ResolvedConfig resolved,
    SortedMap<String, HadoopValue> hadoop,
    Map<String, List<String>> keysOf)
    implements Result {
  /**
   * A Hadoop key's value.
   *
   * @param shown masked when it is secret
   * @param source what set it
   */
  public record HadoopValue(String shown, String source) {}

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Path file = resolved.file();
    lines.add("configuration file: " + (file == null ? "none" : Printable.of(file.toString())));
    for (ResolvedEntry entry : resolved.entries()) {
      lines.add(
          Printable.of(entry.key().flyteName() + " = " + entry.displayValue())
              + "  ("
              + Printable.of(entry.origin().describe())
              + ")");
      keysOf(entry).forEach(key -> lines.add("    " + line(key)));
    }
    lines.add("Hadoop keys for every configuration:");
    hadoop.keySet().stream()
        .filter(key -> keysOf.values().stream().noneMatch(keys -> keys.contains(key)))
        .forEach(key -> lines.add("    " + line(key)));
    return lines;
  }

  private List<String> keysOf(ResolvedEntry entry) {
    return keysOf.getOrDefault(entry.key().flyteName(), List.of());
  }

  private String line(String key) {
    HadoopValue value = hadoop.get(key);
    return value == null
        ? key
        : Printable.of(key + " = " + value.shown()) + "  (" + Printable.of(value.source()) + ")";
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = Output.object();
    Path file = resolved.file();
    json.put("file", file == null ? null : file.toString());
    ObjectNode settings = json.putObject("settings");
    for (ResolvedEntry entry : resolved.entries()) {
      ObjectNode setting = settings.putObject(entry.key().flyteName());
      setting.put("value", entry.displayValue()).put("origin", entry.origin().describe());
      keysOf(entry).forEach(setting.putArray("hadoopKeys")::add);
    }
    ObjectNode keys = json.putObject("hadoop");
    hadoop.forEach(
        (key, value) ->
            keys.putObject(key).put("value", value.shown()).put("source", value.source()));
    return json;
  }
}
