/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.task;

import io.github.flytehadoop.error.Problem;
import java.util.Objects;

/**
 * What a task may read and write.
 *
 * @param inputsBytes the largest {@code inputs.pb} that is read
 * @param offloadedBytes the largest offloaded literal that is read
 * @param outputsBytes the largest {@code outputs.pb} that is written
 * @param metadataStores where the files for the platform may lie
 */
public record TaskLimits(
    long inputsBytes, long offloadedBytes, long outputsBytes, MetadataStores metadataStores) {
  /** Where {@code inputs.pb}, {@code outputs.pb} and {@code error.pb} may lie. */
  public enum MetadataStores {
    /** On the stores that Flyte's platform reads: S3, GCS and Azure. */
    OF_PLATFORM,
    /** Anywhere: for tests, and for platforms that read more. */
    ANY
  }

  /** The platform reads no larger file unless its administrator says so. */
  static final long PLATFORM_BYTES = 2L << 20;

  private static final TaskLimits DEFAULTS =
      new TaskLimits(64L << 20, 1000L << 20, Long.MAX_VALUE, MetadataStores.OF_PLATFORM);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when a bound is negative
   */
  public TaskLimits {
    Objects.requireNonNull(metadataStores, "metadataStores");
    if (Math.min(inputsBytes, Math.min(offloadedBytes, outputsBytes)) < 0) {
      throw Problem.cannot("use the limits of a task").because("a bound is negative").argument();
    }
  }

  /** 64 MiB of inputs, 1000 MiB of an offloaded literal, outputs of any size, Flyte's stores. */
  public static TaskLimits defaults() {
    return DEFAULTS;
  }

  /** A copy with another bound of {@code inputs.pb}. */
  public TaskLimits withInputsBytes(long bytes) {
    return new TaskLimits(bytes, offloadedBytes, outputsBytes, metadataStores);
  }

  /** A copy with another bound of an offloaded literal. */
  public TaskLimits withOffloadedBytes(long bytes) {
    return new TaskLimits(inputsBytes, bytes, outputsBytes, metadataStores);
  }

  /** A copy that refuses to write larger outputs, which the platform might not read. */
  public TaskLimits withOutputsBytes(long bytes) {
    return new TaskLimits(inputsBytes, offloadedBytes, bytes, metadataStores);
  }

  /** A copy that lets the files for the platform lie elsewhere. */
  public TaskLimits withMetadataStores(MetadataStores stores) {
    return new TaskLimits(inputsBytes, offloadedBytes, outputsBytes, stores);
  }
}
