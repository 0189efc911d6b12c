/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import io.github.flytehadoop.config.YamlPath.StowKind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of {@link ConfigKey}, written down step by step so that the table reads as prose. */
record KeySpec(
    Class<? extends Record> owner,
    String component,
    Function<DataConfig, @Nullable Object> value,
    ValueType type,
    String section,
    String option,
    List<String> environment,
    List<String> ambient,
    List<YamlPath> yaml,
    String meaning) {

  static KeySpec s3(String component, Function<S3Config, @Nullable Object> value) {
    return of(S3Config.class, component, config -> value.apply(config.s3()));
  }

  static KeySpec gcs(String component, Function<GCSConfig, @Nullable Object> value) {
    return of(GCSConfig.class, component, config -> value.apply(config.gcs()));
  }

  static KeySpec azure(String component, Function<AzureBlobStorageConfig, @Nullable Object> value) {
    return of(AzureBlobStorageConfig.class, component, config -> value.apply(config.azure()));
  }

  static KeySpec generic(
      String component, Function<GenericPersistenceConfig, @Nullable Object> value) {
    return of(GenericPersistenceConfig.class, component, config -> value.apply(config.generic()));
  }

  private static KeySpec of(
      Class<? extends Record> owner,
      String component,
      Function<DataConfig, @Nullable Object> value) {
    return new KeySpec(
        owner, component, value, ValueType.TEXT, "", "", List.of(), List.of(), List.of(), "");
  }

  KeySpec type(ValueType newType) {
    return new KeySpec(
        owner, component, value, newType, section, option, environment, ambient, yaml, meaning);
  }

  /** The INI place; it gives the first environment name too. Source: CFG-1. */
  KeySpec ini(String newSection, String newOption) {
    String name = ("FLYTE_" + newSection + "_" + newOption).toUpperCase(Locale.ROOT);
    return new KeySpec(
        owner,
        component,
        value,
        type,
        newSection,
        newOption,
        List.of(name),
        ambient,
        yaml,
        meaning);
  }

  /** A further name, of Flyte's second SDK. Source: CFG-17. */
  KeySpec env(String name) {
    return new KeySpec(
        owner,
        component,
        value,
        type,
        section,
        option,
        added(environment, name),
        ambient,
        yaml,
        meaning);
  }

  /** A cloud's own variable, that a platform may have set for others: read after the file. */
  KeySpec ambient(String name) {
    return new KeySpec(
        owner,
        component,
        value,
        type,
        section,
        option,
        environment,
        added(ambient, name),
        yaml,
        meaning);
  }

  KeySpec connection(String name) {
    return yaml(YamlPath.connection(name));
  }

  KeySpec stow(StowKind kind, String name) {
    return yaml(YamlPath.stow(kind, name));
  }

  private KeySpec yaml(YamlPath path) {
    return new KeySpec(
        owner,
        component,
        value,
        type,
        section,
        option,
        environment,
        ambient,
        added(yaml, path),
        meaning);
  }

  KeySpec means(String text) {
    return new KeySpec(
        owner, component, value, type, section, option, environment, ambient, yaml, text);
  }

  private static <T> List<T> added(List<T> list, T item) {
    return Stream.concat(list.stream(), Stream.of(item)).toList();
  }
}
