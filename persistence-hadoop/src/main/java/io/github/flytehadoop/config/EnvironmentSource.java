/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import io.github.flytehadoop.config.text.KeySuggestions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings in the environment: those that come before the file, and those that come after it.
 */
final class EnvironmentSource {
  private static final String FLYTE = "FLYTE_";

  private final Map<String, String> environment;

  EnvironmentSource(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * What comes before the file. A Flyte variable that is set to nothing counts: it masks the file.
   * Source: CFG-5.
   */
  @Nullable RawValue first(ConfigKey key) {
    return find(key.environmentNames());
  }

  /** What comes after the file. */
  @Nullable RawValue last(ConfigKey key) {
    return find(key.ambientNames());
  }

  private @Nullable RawValue find(List<String> names) {
    for (String name : names) {
      String text = environment.get(name);
      // an empty variable of a cloud's own tools is no statement about Flyte
      if (text != null && (name.startsWith(FLYTE) || !text.isBlank())) {
        return new RawValue(text, new Origin.Environment(name));
      }
    }
    return null;
  }

  /** Says which variables look like ours and are not. */
  void warnOfUnknownNames(Warnings warnings) {
    Set<String> known =
        Stream.of(ConfigKey.values())
            .flatMap(key -> key.environmentNames().stream())
            .filter(name -> name.startsWith(FLYTE))
            .collect(Collectors.toCollection(TreeSet::new));
    // FLYTE_AWS_, FLYTE_STORAGE_ and so on: other prefixes belong to other parts of Flyte
    Set<String> prefixes =
        known.stream()
            .map(name -> name.substring(0, name.indexOf('_', FLYTE.length()) + 1))
            .collect(Collectors.toSet());
    environment.keySet().stream()
        .filter(name -> prefixes.stream().anyMatch(name::startsWith))
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(
            name ->
                warnings.add(
                    "Ignored environment variable "
                        + name
                        + KeySuggestions.didYouMean(name, known)));
  }
}
