/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.error.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration and where each of its values came from.
 *
 * @param config the effective values
 * @param entries one per {@link ConfigKey}, in its order
 * @param file the file that was read, {@code null} if none was
 */
public record ResolvedConfig(DataConfig config, List<ResolvedEntry> entries, @Nullable Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(ResolvedConfig.class);

  /** Copies the list. */
  public ResolvedConfig {
    Objects.requireNonNull(config, "config");
    entries = List.copyOf(entries);
  }

  /**
   * Reads an environment and a file. Nothing is kept between calls, so that a changed file or
   * variable is seen (CFG-15). What was ignored is logged as a warning.
   *
   * @param configFile INI, or YAML if its name ends so; {@code null} to discover one (CFG-14)
   * @param environment the variables to read instead of the process's
   * @throws ConfigException if a value or the file cannot be used, or a YAML file that was asked
   *     for is missing (CFG-13)
   */
  public static ResolvedConfig resolve(@Nullable Path configFile, Map<String, String> environment) {
    Objects.requireNonNull(environment, "environment");
    return resolve(configFile, environment, Path.of("").toAbsolutePath(), LOG::warn);
  }

  static ResolvedConfig resolve(
      @Nullable Path configFile, Map<String, String> environment, Path here, Warnings warnings) {
    return new ConfigResolver(environment, warnings).resolve(configFile, here);
  }

  /** Takes a sentence about something that was ignored. */
  interface Warnings {
    void add(String sentence);
  }
}
