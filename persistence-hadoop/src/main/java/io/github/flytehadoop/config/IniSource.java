/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.ResolvedConfig.Warnings;
import io.github.flytehadoop.config.text.ConfigText;
import io.github.flytehadoop.config.text.IniFile;
import io.github.flytehadoop.config.text.KeySuggestions;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings in flytekit's INI file. Source: CFG-9 to CFG-11, CFG-13. */
final class IniSource implements ConfigSource {
  private static final String INTERNAL = "internal";

  private final Path file;
  private final IniFile ini;

  private IniSource(Path file, IniFile ini) {
    this.file = file;
    this.ini = ini;
  }

  static IniSource read(Path file, Warnings warnings) {
    IniFile ini = IniFile.parse(file, ConfigText.read(file));
    if (ini.sectionNames().contains(INTERNAL)) {
      throw ConfigText.refused(
          file, "it cannot contain a section for internal only configurations. Remove [internal].");
    }
    IniSource source = new IniSource(file, ini);
    source.warnOfUnknownNames(warnings);
    return source;
  }

  @Override
  public @Nullable RawValue find(ConfigKey key) {
    if (!ini.sectionNames().contains(key.section())) {
      return null;
    }
    RawValue own = find(key.section(), key.option());
    RawValue found = own == null ? find(IniFile.DEFAULT_SECTION, key.option()) : own;
    return found == null || found.text().isEmpty() ? null : found;
  }

  private @Nullable RawValue find(String section, String option) {
    String text = ini.value(section, option);
    return text == null ? null : new RawValue(text, new Origin.Ini(file, section, option));
  }

  private void warnOfUnknownNames(Warnings warnings) {
    Set<String> known =
        Stream.of(ConfigKey.values())
            .map(ConfigKey::section)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String section : ini.sectionNames()) {
      if (known.contains(section)) {
        warnOfUnknownOptions(section, warnings);
      } else if (KeySuggestions.closest(section, known) != null) {
        warnings.add(
            "Ignored section ["
                + section
                + "] of "
                + file
                + KeySuggestions.didYouMean(section, known));
      }
    }
  }

  private void warnOfUnknownOptions(String section, Warnings warnings) {
    Set<String> known =
        Stream.of(ConfigKey.values())
            .filter(key -> key.section().equals(section))
            .map(ConfigKey::option)
            .collect(Collectors.toCollection(TreeSet::new));
    ini.optionNames(section).stream()
        .filter(option -> !known.contains(option))
        .forEach(
            option ->
                warnings.add(
                    "Ignored "
                        + new Origin.Ini(file, section, option).describe()
                        + KeySuggestions.didYouMean(option, known)));
  }
}
