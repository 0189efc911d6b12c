/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the configuration file when the caller names none. Source: CFG-14. */
final class ConfigFileDiscovery {
  static final String OVERRIDE = "_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE";
  static final String FLYTECTL_CONFIG = "FLYTECTL_CONFIG";

  private ConfigFileDiscovery() {}

  /**
   * The first of the named file, {@code flytekit.config} here, and the two in the home directory;
   * {@code null} if none is there.
   */
  static @Nullable Path find(Map<String, String> environment, Path here, Warnings warnings) {
    // set is set, even to nothing: the override then hides the other variable
    String variable = environment.containsKey(OVERRIDE) ? OVERRIDE : FLYTECTL_CONFIG;
    String named = environment.get(variable);
    if (named != null) {
      Path file = here.resolve(named);
      if (isThere(file)) {
        return file;
      }
      warnings.add(
          "Ignored "
              + variable
              + ": there is no file \""
              + named
              + "\". Correct or unset the variable.");
    }
    Path home = home(environment);
    List<Path> usual =
        List.of(
            here.resolve("flytekit.config"),
            home.resolve(".flyte").resolve("config"),
            home.resolve(".flyte").resolve("config.yaml"));
    return usual.stream().filter(ConfigFileDiscovery::isThere).findFirst().orElse(null);
  }

  private static Path home(Map<String, String> environment) {
    String home = BlankValues.orNull(environment.get("HOME"));
    return Path.of(home == null ? System.getProperty("user.home", "") : home).toAbsolutePath();
  }

  private static boolean isThere(Path file) {
    return Files.exists(file) && !Files.isDirectory(file);
  }
}
