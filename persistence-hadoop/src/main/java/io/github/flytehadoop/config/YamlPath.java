/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import org.jspecify.annotations.Nullable;

/**
 * A place in flytectl's and flytestdlib's YAML. Source: CFG-16, W-43.
 *
 * @param block the mapping that holds the key, such as {@code storage.connection}
 * @param name the key in it
 * @param kind the {@code storage.stow.kind} under which the key has this meaning, {@code null} for
 *     any
 */
public record YamlPath(String block, String name, @Nullable StowKind kind) {
  static final String CONNECTION = "storage.connection";
  static final String STOW = "storage.stow.config";

  /** The stores that {@code storage.stow.config} can describe and this library reads. */
  public enum StowKind {
    /** S3, also when no kind is given. */
    S3,
    /** Google Cloud Storage. */
    GOOGLE,
    /** Azure Blob Storage. */
    AZURE
  }

  static YamlPath connection(String name) {
    return new YamlPath(CONNECTION, name, null);
  }

  static YamlPath stow(StowKind kind, String name) {
    return new YamlPath(STOW, name, kind);
  }

  /** The keys from the top, joined by dots. */
  public String path() {
    return block + "." + name;
  }
}
