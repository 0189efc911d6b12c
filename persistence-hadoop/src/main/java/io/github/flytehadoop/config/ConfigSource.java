/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.config;

import org.jspecify.annotations.Nullable;

/** A file that settings come from. One file only: INI and YAML are never merged. Source: CFG-2. */
interface ConfigSource {
  /** No file. */
  ConfigSource NONE = key -> null;

  /** What the file says of a key, {@code null} if nothing. */
  @Nullable RawValue find(ConfigKey key);
}
