/* Licensed under Apache-2.0; see LICENSE. */
package io.github.flytehadoop.transfer;

import io.github.flytehadoop.error.Problem;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a provider may use at once. The limits are shared by all its concurrent calls, never
 * multiplied by them (fixes W-25).
 *
 * @param filesInFlight files that are open at once
 * @param partsInFlight streams that move bytes at once, over all files
 * @param bufferedBytes memory for parts that wait to be sent
 * @param partSizeBytes the size of a part; larger where a file would need too many (W-6)
 * @param attempts tries per file, including the first
 * @param timeBudget time for all tries of one file, counted from its first failure
 * @param bandwidthBytesPerSecond over all transfers; 0 for no limit
 */
public record TransferLimits(
    int filesInFlight,
    int partsInFlight,
    long bufferedBytes,
    long partSizeBytes,
    int attempts,
    Duration timeBudget,
    long bandwidthBytesPerSecond)
    implements Serializable {
  private static final int MOST_STREAMS = 1024;
  private static final long MEBIBYTE = 1L << 20;

  /** A stream holds a part in one array, of which Java has none above 2 GiB (F94). */
  private static final long LARGEST_PART_BYTES = 1024 * MEBIBYTE;

  private static final TransferLimits DEFAULTS =
      new TransferLimits(64, 32, 256 * MEBIBYTE, 25 * MEBIBYTE, 3, Duration.ofMinutes(5), 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the limit, its value and what is allowed
   */
  public TransferLimits {
    require("filesInFlight", filesInFlight, 1, MOST_STREAMS);
    require("partsInFlight", partsInFlight, 1, MOST_STREAMS);
    require("partSizeBytes", partSizeBytes, 5 * MEBIBYTE, LARGEST_PART_BYTES);
    require("bufferedBytes", bufferedBytes, partSizeBytes, Long.MAX_VALUE);
    require("attempts", attempts, 1, 100);
    require("bandwidthBytesPerSecond", bandwidthBytesPerSecond, 0, Long.MAX_VALUE);
    Objects.requireNonNull(timeBudget, "timeBudget");
    if (timeBudget.isNegative()) {
      throw Problem.cannot("use timeBudget", timeBudget)
          .because("give a duration of at least 0")
          .argument();
    }
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw Problem.cannot("use " + name, value)
          .because("give " + least + " to " + most)
          .argument();
    }
  }

  /** 64 files, 32 streams, 256 MiB of buffers, 25 MiB parts, 3 tries: fits a 512 MiB heap. */
  public static TransferLimits defaults() {
    return DEFAULTS;
  }

  /** A copy with other files in flight. */
  public TransferLimits withFilesInFlight(int files) {
    return new TransferLimits(
        files,
        partsInFlight,
        bufferedBytes,
        partSizeBytes,
        attempts,
        timeBudget,
        bandwidthBytesPerSecond);
  }

  /** A copy with other streams in flight. */
  public TransferLimits withPartsInFlight(int parts) {
    return new TransferLimits(
        filesInFlight,
        parts,
        bufferedBytes,
        partSizeBytes,
        attempts,
        timeBudget,
        bandwidthBytesPerSecond);
  }

  /** A copy with another buffer budget. */
  public TransferLimits withBufferedBytes(long bytes) {
    return new TransferLimits(
        filesInFlight,
        partsInFlight,
        bytes,
        partSizeBytes,
        attempts,
        timeBudget,
        bandwidthBytesPerSecond);
  }

  /** A copy with another part size. */
  public TransferLimits withPartSizeBytes(long bytes) {
    return new TransferLimits(
        filesInFlight,
        partsInFlight,
        Math.max(bufferedBytes, bytes),
        bytes,
        attempts,
        timeBudget,
        bandwidthBytesPerSecond);
  }

  /** A copy with another number of tries per file. */
  public TransferLimits withAttempts(int tries) {
    return new TransferLimits(
        filesInFlight,
        partsInFlight,
        bufferedBytes,
        partSizeBytes,
        tries,
        timeBudget,
        bandwidthBytesPerSecond);
  }

  /** A copy with another time budget for the tries of a file. */
  public TransferLimits withTimeBudget(Duration budget) {
    return new TransferLimits(
        filesInFlight,
        partsInFlight,
        bufferedBytes,
        partSizeBytes,
        attempts,
        budget,
        bandwidthBytesPerSecond);
  }

  /** A copy with another bandwidth; 0 for no limit. */
  public TransferLimits withBandwidthBytesPerSecond(long bytesPerSecond) {
    return new TransferLimits(
        filesInFlight,
        partsInFlight,
        bufferedBytes,
        partSizeBytes,
        attempts,
        timeBudget,
        bytesPerSecond);
  }
}
