/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import io.github.flytehadoop.config.YamlPath.StowKind;
import io.github.flytehadoop.config.text.KeySuggestions;
import io.github.flytehadoop.config.text.YamlTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of the {@code storage} block mean something to us, to flytectl or to flytestdlib; all
 * others are said to be ignored.
 */
final class YamlKnownKeys {
  /**
   * Keys that we read without giving them to a record, or that are of use to Flyte's other programs
   * alone.
   */
  private static final Map<String, List<String>> WITHOUT_A_RECORD =
      Map.of(
          "storage",
          List.of(
              "type",
              "connection",
              "stow",
              "container",
              "enable-multicontainer",
              "limits",
              "cache",
              "defaultHttpClient",
              "signedUrl",
              "signedURL",
              "redis",
              "schemes"),
          YamlPath.CONNECTION,
          List.of("auth-type", "disable-ssl"),
          "storage.stow",
          List.of("kind", "config"),
          YamlPath.STOW,
          List.of("auth_type", "disable_ssl", "v2_signing", "scopes", "upload_concurrency"));

  private YamlKnownKeys() {}

  static void warnOfUnknownNames(
      Path file, YamlTree tree, @Nullable StowKind stowKind, Warnings warnings) {
    for (String block : WITHOUT_A_RECORD.keySet().stream().sorted().toList()) {
      Map<?, ?> mapping = tree.mapping(block);
      if (mapping == null || (block.equals(YamlPath.STOW) && stowKind == null)) {
        continue;
      }
      Set<String> known = known(block, stowKind);
      for (Object name : mapping.keySet()) {
        if (name instanceof String text && !known.contains(text)) {
          String place = new Origin.Yaml(file, block + "." + text).describe();
          warnings.add("Ignored " + place + KeySuggestions.didYouMean(text, known));
        }
      }
    }
  }

  private static Set<String> known(String block, @Nullable StowKind stowKind) {
    Set<String> known = new TreeSet<>(WITHOUT_A_RECORD.getOrDefault(block, List.of()));
    Stream.of(ConfigKey.values())
        .flatMap(key -> key.yamlPaths().stream())
        .filter(path -> path.block().equals(block))
        .filter(path -> path.kind() == null || path.kind() == stowKind)
        .map(YamlPath::name)
        .forEach(known::add);
    return known;
  }
}
