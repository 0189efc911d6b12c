/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.hadoop.gcs;

import io.github.flytehadoop.error.ConfigException;
import java.util.Set;

/**
 * Who pays for requests to a bucket whose owner does not ({@code fs.gs.requester.pays.*}).
 *
 * @param mode when a project is named
 * @param project that pays; empty for none
 * @param buckets those of the mode CUSTOM
 */
public record GcsPayer(Mode mode, String project, Set<String> buckets) {
  /** When a project is named. */
  public enum Mode {
    /** Once a bucket has asked for it. */
    AUTO,
    /** For some buckets. */
    CUSTOM,
    /** Never. */
    DISABLED,
    /** Always. */
    ENABLED
  }

  /** Copies the buckets. */
  public GcsPayer {
    buckets = Set.copyOf(buckets);
  }

  static GcsPayer of(GcsOptions options) {
    Mode mode = options.word(".requester.pays.mode", Mode.DISABLED);
    String project = options.textOr(".requester.pays.project.id", options.text(".project.id"));
    if (mode != Mode.DISABLED && project.isEmpty()) {
      throw new ConfigException(
          "fs.gs.requester.pays.mode",
          "the Hadoop configuration",
          "it is " + mode + " and no project is named. Set fs.gs.requester.pays.project.id.");
    }
    return new GcsPayer(
        mode,
        project,
        Set.copyOf(options.hadoop().getTrimmedStringCollection("fs.gs.requester.pays.buckets")));
  }

  /** Whether requests to a bucket name the project from the first one on. */
  boolean paysFor(String bucket) {
    return switch (mode) {
      case ENABLED -> true;
      case CUSTOM -> buckets.contains(bucket);
      case AUTO, DISABLED -> false;
    };
  }
}
