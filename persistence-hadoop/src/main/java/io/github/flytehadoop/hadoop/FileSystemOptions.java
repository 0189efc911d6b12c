/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a caller wants a file system: with or without credentials, and Hadoop keys for it alone,
 * which win over everything else. Source: OPT-SO.
 *
 * @param access whether requests are signed
 * @param overrides Hadoop keys and values, kept sorted
 */
public record FileSystemOptions(Access access, Map<String, String> overrides) {
  private static final FileSystemOptions DEFAULTS =
      new FileSystemOptions(Access.CREDENTIALS, Map.of());
  private static final FileSystemOptions ANONYMOUS =
      new FileSystemOptions(Access.ANONYMOUS, Map.of());

  /** Refuses {@code null} and copies the overrides. */
  public FileSystemOptions {
    Objects.requireNonNull(access, "access");
    SortedMap<String, String> sorted = new TreeMap<>();
    Objects.requireNonNull(overrides, "overrides")
        .forEach(
            (key, value) ->
                sorted.put(
                    Objects.requireNonNull(key, "a key of overrides"),
                    Objects.requireNonNull(value, () -> "the override of " + key)));
    overrides = Collections.unmodifiableSortedMap(sorted);
  }

  /** With credentials, without overrides. */
  public static FileSystemOptions defaults() {
    return DEFAULTS;
  }

  /** Without credentials, without overrides. */
  public static FileSystemOptions anonymous() {
    return ANONYMOUS;
  }

  /** With credentials and these Hadoop keys. For both, {@code anonymous().withOverrides(keys)}. */
  public static FileSystemOptions with(Map<String, String> overrides) {
    return DEFAULTS.withOverrides(overrides);
  }

  /** These options with other access. */
  public FileSystemOptions withAccess(Access other) {
    return new FileSystemOptions(other, overrides);
  }

  /** These options with more overrides; the new ones win. */
  public FileSystemOptions withOverrides(Map<String, String> more) {
    Map<String, String> merged = new TreeMap<>(overrides);
    merged.putAll(Objects.requireNonNull(more, "overrides"));
    return new FileSystemOptions(access, merged);
  }

  /** These options with one more override. */
  public FileSystemOptions withOverride(String key, String value) {
    return withOverrides(
        Map.of(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value")));
  }

  /** Shows no value of a key that looks secret. */
  @Override
  public String toString() {
    return "FileSystemOptions[access="
        + access
        + ", overrides="
        + SecretMasking.masked(overrides)
        + "]";
  }
}
