/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flytehadoop.config.YamlPath.StowKind;
import io.github.flytehadoop.testkit.Rule;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table is complete, and every place that it names reaches the record. */
class ConfigKeyTest {
  @TempDir Path directory;

  @Test
  void everyComponentOfEveryRecordHasAKeyAndTheOtherWayRound() {
    List<String> components = new ArrayList<>();
    for (RecordComponent part : DataConfig.class.getRecordComponents()) {
      assertThat(part.getType().isRecord()).as(part.getName()).isTrue();
      for (RecordComponent component : part.getType().getRecordComponents()) {
        components.add(part.getType().getSimpleName() + "." + component.getName());
      }
    }
    assertThat(Stream.of(ConfigKey.values()).map(ConfigKey::flyteName))
        .containsExactlyElementsOf(components);
  }

  @ParameterizedTest
  @EnumSource
  void theTypeIsTheComponents(ConfigKey key) throws ReflectiveOperationException {
    Class<?> type =
        Arrays.stream(key.owner().getRecordComponents())
            .filter(component -> component.getName().equals(key.component()))
            .findFirst()
            .orElseThrow()
            .getType();
    Class<?> expected =
        switch (key.type()) {
          case SECRET -> Secret.class;
          case BOOLEAN -> boolean.class;
          case COUNT -> int.class;
          case SECONDS -> Duration.class;
          case ADDRESSING_STYLE -> AddressingStyle.class;
          default -> String.class;
        };
    assertThat(type).isEqualTo(expected);
    assertThat(key.meaning()).isNotBlank();
  }

  @Test
  void noPlaceIsNamedTwice() {
    assertThat(
            Stream.of(ConfigKey.values())
                .flatMap(
                    key ->
                        Stream.concat(
                            key.environmentNames().stream(), key.ambientNames().stream())))
        .doesNotHaveDuplicates();
    assertThat(Stream.of(ConfigKey.values()).map(key -> key.section() + " " + key.option()))
        .doesNotHaveDuplicates();
    assertThat(Stream.of(ConfigKey.values()).flatMap(key -> key.yamlPaths().stream()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"CFG-2", "CFG-17", "W-2", "W-4"})
  void everyEnvironmentNameReachesTheRecord(ConfigKey key) {
    List<String> names =
        Stream.concat(key.environmentNames().stream(), key.ambientNames().stream()).toList();
    for (String name : names) {
      Resolution resolution = new Resolution(directory).env(name, text(key));
      assertOnly(key, resolution, new Origin.Environment(name));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"CFG-2", "W-2"})
  void theIniOptionReachesTheRecord(ConfigKey key) {
    Resolution resolution =
        new Resolution(directory)
            .ini("[" + key.section() + "]\n" + key.option() + " = " + text(key) + "\n");
    Path file = resolution.resolve().file();
    assertOnly(key, resolution, new Origin.Ini(file, key.section(), key.option()));
  }

  @ParameterizedTest
  @EnumSource
  @Rule({"CFG-2", "CFG-16", "W-2", "W-4", "W-43"})
  void everyYamlPathReachesTheRecord(ConfigKey key) {
    for (YamlPath path : key.yamlPaths()) {
      String leaf = "{" + path.name() + ": '" + text(key) + "'}";
      StowKind kind = path.kind();
      String text =
          kind == null
              ? "storage: {connection: " + leaf + "}"
              : "storage: {stow: {kind: "
                  + kind.name().toLowerCase(Locale.ROOT)
                  + ", config: "
                  + leaf
                  + "}}";
      Resolution resolution = new Resolution(directory).yaml(text);
      assertOnly(key, resolution, new Origin.Yaml(resolution.resolve().file(), path.path()));
    }
  }

  @Test
  @Rule("W-4")
  void azureCanBeConfiguredInYaml() {
    assertThat(ConfigKey.values())
        .filteredOn(key -> key.owner() == AzureBlobStorageConfig.class)
        .allMatch(key -> !key.yamlPaths().isEmpty());
  }

  /**
   * The key has its sample value from this origin, no other key has changed, and nothing was
   * complained about.
   */
  private static void assertOnly(ConfigKey expected, Resolution resolution, Origin origin) {
    ResolvedConfig resolved = resolution.resolve();
    assertThat(resolution.warnings).isEmpty();
    for (ResolvedEntry entry : resolved.entries()) {
      ConfigKey key = entry.key();
      boolean changed = key == expected;
      assertThat(key.valueIn(resolved.config()))
          .as(key.flyteName())
          .isEqualTo(changed ? value(key) : key.valueIn(DataConfig.defaults()));
      assertThat(entry.origin()).isEqualTo(changed ? origin : new Origin.Default());
      assertThat(entry.displayValue())
          .isEqualTo(key.displayIn(resolved.config()))
          .doesNotContain("of-a-secret");
    }
  }

  private static String text(ConfigKey key) {
    return switch (key.type()) {
      case BOOLEAN -> key == ConfigKey.GENERIC_ATTACH_EXECUTION_METADATA ? "false" : "true";
      case COUNT, SECONDS -> "17";
      case ADDRESSING_STYLE -> "path";
      case URL -> "http://127.0.0.1:17/x";
      case SECRET, IDENTIFIER -> "sample-of-a-secret";
      case TEXT, FILE -> "/text";
    };
  }

  private static Object value(ConfigKey key) {
    String text = text(key);
    return switch (key.type()) {
      case BOOLEAN -> Boolean.valueOf(text);
      case COUNT -> 17;
      case SECONDS -> Duration.ofSeconds(17);
      case ADDRESSING_STYLE -> AddressingStyle.PATH;
      case SECRET -> Secret.of(text);
      default -> text;
    };
  }
}
