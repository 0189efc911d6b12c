/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.overlay;

import java.util.List;

/**
 * A row of a store's table of keys: a Hadoop key, whether its value is a secret, what it is for.
 */
public interface HadoopKey {
  /** How a value may be shown. */
  enum Kind {
    /** May be shown. */
    PLAIN,
    /** May be shown nowhere. */
    SECRET
  }

  /** The key as Hadoop spells it. */
  String key();

  /** Whether the value is a secret. */
  Kind kind();

  /** What it is for, in a few words. */
  String purpose();

  /** The components of {@code DataConfig} that decide it, as {@code S3Config.endpoint}. */
  List<String> components();
}
