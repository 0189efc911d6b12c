/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import io.github.flytehadoop.config.text.ConfigText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each key which source wins: environment, file, a cloud's own variables, default.
 * Source: CFG-2.
 */
final class ConfigResolver {
  private final EnvironmentSource environment;
  private final Map<String, String> variables;
  private final Warnings warnings;
  private final Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
  private final Map<ConfigKey, Origin> origins = new EnumMap<>(ConfigKey.class);

  ConfigResolver(Map<String, String> variables, Warnings warnings) {
    this.environment = new EnvironmentSource(variables);
    this.variables = variables;
    this.warnings = warnings;
  }

  ResolvedConfig resolve(@Nullable Path configFile, Path here) {
    environment.warnOfUnknownNames(warnings);
    Path file =
        configFile == null
            ? ConfigFileDiscovery.find(variables, here, warnings)
            : existing(configFile);
    ConfigSource source = source(file);
    for (ConfigKey key : ConfigKey.values()) {
      decide(key, source);
    }
    DataConfig config = new ConfigValues(values).toDataConfig();
    List<ResolvedEntry> entries = new ArrayList<>();
    for (ConfigKey key : ConfigKey.values()) {
      Origin origin = origins.getOrDefault(key, new Origin.Default());
      entries.add(new ResolvedEntry(key, key.displayIn(config), origin));
    }
    if (file != null && entries.stream().anyMatch(ConfigResolver::isSecretFromFile)) {
      ConfigFilePermissions.warnIfOthersMayRead(file, warnings);
    }
    return new ResolvedConfig(config, entries, file);
  }

  /** A missing INI file counts as empty, a missing YAML file is an error. Source: CFG-13. */
  private @Nullable Path existing(Path file) {
    if (Files.exists(file)) {
      return file;
    }
    if (isYaml(file)) {
      throw ConfigText.refused(file, "there is no such file. Correct the path.");
    }
    warnings.add(
        "Ignored configuration file " + file + ": there is no such file. Correct the path.");
    return null;
  }

  private ConfigSource source(@Nullable Path file) {
    if (file == null) {
      return ConfigSource.NONE;
    }
    return isYaml(file) ? YamlSource.read(file, warnings) : IniSource.read(file, warnings);
  }

  /** Source: CFG-12. */
  private static boolean isYaml(Path file) {
    return file.toString().endsWith("yaml") || file.toString().endsWith("yml");
  }

  private void decide(ConfigKey key, ConfigSource file) {
    RawValue setting = environment.first(key);
    if (setting == null) {
      setting = file.find(key);
    }
    if (setting == null) {
      setting = environment.last(key);
    }
    if (setting == null) {
      return;
    }
    origins.put(key, setting.origin());
    if (!isMask(key, setting)) {
      values.put(key, key.type().parse(key.flyteName(), setting.origin(), setting.text()));
    }
  }

  /**
   * Whether an empty variable hides the file and leaves the default. Not so for true-or-false,
   * where empty is false (CFG-6), and for seconds, where it is an error (CFG-8). Source: CFG-5,
   * CFG-7.
   */
  private boolean isMask(ConfigKey key, RawValue setting) {
    boolean hasMeaning = key.type() == ValueType.BOOLEAN || key.type() == ValueType.SECONDS;
    if (hasMeaning || !setting.text().isBlank()) {
      return false;
    }
    if (key.type() == ValueType.COUNT) {
      warnings.add(
          "Ignored "
              + setting.origin().describe()
              + ": it is empty, so "
              + key.flyteName()
              + " has its default.");
    }
    return true;
  }

  private static boolean isSecretFromFile(ResolvedEntry entry) {
    boolean fromFile =
        entry.origin() instanceof Origin.Ini || entry.origin() instanceof Origin.Yaml;
    return entry.key().type() == ValueType.SECRET && fromFile;
  }
}
