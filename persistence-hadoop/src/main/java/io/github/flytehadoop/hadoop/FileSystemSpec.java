/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * A bucket, container or cluster as Hadoop knows it, with what its file system needs. Small, and
 * fit to travel to a worker; it holds secrets and shows none.
 *
 * @param root scheme, authority and {@code /}
 * @param settings laid over the worker's own Configuration
 */
public record FileSystemSpec(String root, HadoopSettings settings) implements Serializable {
  /** Refuses null. */
  public FileSystemSpec {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(settings, "settings");
  }

  /** The same with other values for some keys. */
  FileSystemSpec with(Map<String, String> overrides) {
    return overrides.isEmpty() ? this : new FileSystemSpec(root, settings.with(overrides));
  }
}
